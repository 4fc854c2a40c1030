package io.orochi.catalog.flink;

import io.orochi.catalog.hypertable.Distributions;
import io.orochi.table.check.CheckConstraint;
import io.orochi.table.check.Checks;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Dedup;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TableOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.TableChange;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;

/** Decides whether an {@code ALTER TABLE} leaves the layout of a table true. */
final class TableAlterations {
  private static final List<String> LAYOUT_KEYS =
      List.of(TableOptions.HYPERTABLE, TableOptions.CHUNK_INTERVAL, TableOptions.DISTRIBUTION);

  private TableAlterations() {}

  /**
   * @param options of the table after the change
   * @throws OrochiException if an option is unknown or out of bounds, or if the change touches the
   *     layout, which needs a procedure because the files have to follow
   */
  static void check(Table table, Map<String, String> options, List<TableChange> changes) {
    TableLayout.validate(table.schema(), options);
    for (String key : LAYOUT_KEYS) {
      boolean hidden = key.equals(TableOptions.DISTRIBUTION);
      String now = table.properties().get(key);
      if (!Objects.equals(now, options.get(key)) && !(hidden && !options.containsKey(key))) {
        throw OrochiException.of(
                OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot alter table option: " + key)
            .withDetail("The table's files lie by it; its value is " + now + ".")
            .withHint("CALL sys.help() lists the procedures that change a table's layout.");
      }
    }
    Set<String> fixed = layoutColumns(table);
    for (TableChange change : changes) {
      String column = dropped(change);
      if (column != null && fixed.contains(column)) {
        throw OrochiException.of(
                OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
                "Cannot drop a column of the layout: " + column)
            .withDetail("The table is cut, distributed or ordered by it.")
            .withHint("Create a new table and INSERT INTO it SELECT … FROM this one.");
      }
      if (column != null) {
        requireUnchecked(table, options, column);
      }
    }
  }

  private static void requireUnchecked(Table table, Map<String, String> options, String column) {
    for (CheckConstraint check : Checks.of(table.schema(), options)) {
      if (check.columns().contains(column)) {
        throw OrochiException.of(
                OrochiErrorCode.SCHEMA_CHANGE_REFUSED,
                "Cannot drop a column that a CHECK names: " + column)
            .withDetail("CHECK \"%s\" is %s.".formatted(check.name(), check.condition()))
            .withHint("ALTER TABLE … RESET ('" + Checks.PREFIX + check.name() + "') first.");
      }
    }
  }

  /**
   * Sets and removes properties so that the table is shown with the options of {@code changed}.
   *
   * @param shown the table as it is shown now
   * @throws OrochiException STATEMENT_NOT_SUPPORTED if anything but options differs
   */
  static void replaceOptions(Table table, CatalogTable shown, CatalogBaseTable changed) {
    if (!changed.getUnresolvedSchema().equals(shown.getUnresolvedSchema())) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot replace the columns of a table")
          .withHint("Use ALTER TABLE … ADD, DROP, RENAME or MODIFY.");
    }
    check(table, changed.getOptions(), List.of());
    Dedup.check(table.schema(), changed.getOptions(), table.spec());
    UpdateProperties update = table.updateProperties();
    changed.getOptions().forEach(update::set);
    shown.getOptions().keySet().stream()
        .filter(key -> !changed.getOptions().containsKey(key))
        .forEach(update::remove);
    update.commit();
  }

  private static String dropped(TableChange change) {
    return change instanceof TableChange.DropColumn drop ? drop.getColumnName() : null;
  }

  private static Set<String> layoutColumns(Table table) {
    Set<String> columns = new HashSet<>();
    TableLayout.of(table)
        .ifPresent(
            layout -> {
              columns.add(layout.timeColumn());
              columns.addAll(layout.orderBy());
            });
    columns.addAll(
        TableLayout.columnsIn(
            table.properties().getOrDefault(TableOptions.COMPRESSION_SEGMENT_BY, "")));
    if (Distributions.of(table) instanceof Distribution.Hash hash) {
      columns.add(hash.column());
    }
    return columns;
  }
}
