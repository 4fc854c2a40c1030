package io.orochi.catalog.flink.ddl;

import io.orochi.table.check.Checks;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.Dedup;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TableOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.TableChange;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.types.Type;

/**
 * Applies the changes of one {@code ALTER TABLE} in one commit: all of them are seen, or none.
 * Columns keep their field ids, so no file is rewritten and a running writer goes on.
 */
public final class SchemaEvolution {
  private static final int ATTEMPTS = 20;

  private final Table table;
  private final boolean empty;

  SchemaEvolution(Table table) {
    this.table = table;
    this.empty = table.currentSnapshot() == null;
  }

  /**
   * Makes the changes on the table as it is now, and again if another commit came first: a stream
   * that commits all the time must not keep a column from coming.
   *
   * @param tables loads the table and checks that it may be changed
   * @throws OrochiException SCHEMA_CHANGE_REFUSED, or COMMIT_CONFLICT if others come first each
   *     time; nothing was changed
   */
  public static void commit(Supplier<Table> tables, List<TableChange> changes) {
    for (int made = 1; ; made++) {
      Table table = tables.get();
      try {
        new SchemaEvolution(table).commit(changes);
        return;
      } catch (CommitFailedException overtaken) {
        if (made == ATTEMPTS) {
          throw OrochiException.of(
                  OrochiErrorCode.COMMIT_CONFLICT, "Cannot alter table " + table.name())
              .withDetail("Other commits came first %d times.".formatted(made))
              .withHint("Run the statement again.")
              .causedBy(overtaken);
        }
      }
    }
  }

  /**
   * @throws OrochiException SCHEMA_CHANGE_REFUSED naming column and rule; nothing was changed
   * @throws CommitFailedException if another commit came first; nothing was changed
   */
  void commit(List<TableChange> changes) {
    Transaction transaction = table.newTransaction();
    Map<String, String> properties = new LinkedHashMap<>();
    List<TableChange> ofColumns = new ArrayList<>();
    for (TableChange change : changes) {
      if (change instanceof TableChange.SetOption set) {
        properties.put(set.getKey(), set.getValue());
      } else if (change instanceof TableChange.ResetOption reset) {
        properties.put(reset.getKey(), null);
      } else {
        ofColumns.add(change);
      }
    }
    String location = properties.remove("location");
    if (!ofColumns.isEmpty()) {
      changeColumns(transaction.updateSchema(), ofColumns);
      renames(ofColumns).forEach((from, to) -> properties.putAll(renamed(from, to)));
      properties.putAll(withoutDropped(ofColumns));
      Checks.of(transaction.table().schema(), after(properties));
    }
    keepKeys(transaction.table(), changes, properties);
    if (location != null) {
      transaction.updateLocation().setLocation(location).commit();
    }
    if (!properties.isEmpty()) {
      set(transaction.updateProperties(), properties);
    }
    transaction.commitTransaction();
  }

  private void changeColumns(UpdateSchema schema, List<TableChange> changes) {
    if (empty) {
      schema.allowIncompatibleChanges();
    }
    try {
      changes.forEach(change -> apply(schema, change));
      schema.commit();
    } catch (IllegalArgumentException | UnsupportedOperationException refused) {
      throw SchemaRefusals.ofIceberg(table, refused);
    }
  }

  /** A key is kept unique from its first row on, as CREATE TABLE has it, or not at all. */
  private void keepKeys(Table changed, List<TableChange> changes, Map<String, String> properties) {
    boolean newKey =
        changes.stream()
            .anyMatch(
                change ->
                    change instanceof TableChange.AddUniqueConstraint
                        || change instanceof TableChange.ModifyUniqueConstraint);
    Optional<Dedup> before = Dedup.of(table.properties());
    if (newKey && before.isEmpty()) {
      properties.putIfAbsent(TableOptions.DEDUP, Dedup.UPSERT.text());
    }
    Map<String, String> after = after(properties);
    Dedup.check(changed.schema(), after, changed.spec());
    if (Dedup.of(after).isPresent() && (newKey || before.isEmpty()) && !holdsNoRows()) {
      throw SchemaRefusals.keyOfRows(table, Dedup.keyColumns(changed.schema()));
    }
  }

  private boolean holdsNoRows() {
    return empty
        || "0".equals(table.currentSnapshot().summary().get(SnapshotSummary.TOTAL_RECORDS_PROP));
  }

  /** The table's properties once {@code changes} are made; null removes. */
  private Map<String, String> after(Map<String, String> changes) {
    Map<String, String> all = new LinkedHashMap<>(table.properties());
    all.putAll(changes);
    all.values().removeIf(java.util.Objects::isNull);
    return all;
  }

  /** Null removes. */
  private void set(UpdateProperties update, Map<String, String> properties) {
    properties.forEach(
        (key, value) -> {
          if (value == null) {
            update.remove(key);
          } else {
            update.set(key, value);
          }
        });
    try {
      update.commit();
    } catch (IllegalArgumentException refused) {
      throw SchemaRefusals.ofOptions(table, refused);
    }
  }

  private void apply(UpdateSchema schema, TableChange change) {
    if (change instanceof TableChange.AddColumn add) {
      add(schema, add);
    } else if (change instanceof TableChange.DropColumn drop) {
      schema.deleteColumn(drop.getColumnName());
    } else if (change instanceof TableChange.ModifyColumn modify) {
      modify(schema, modify);
    } else if (change instanceof TableChange.AddUniqueConstraint add) {
      schema.setIdentifierFields(add.getConstraint().getColumns());
    } else if (change instanceof TableChange.ModifyUniqueConstraint modify) {
      schema.setIdentifierFields(modify.getNewConstraint().getColumns());
    } else if (change instanceof TableChange.DropConstraint) {
      SchemaRefusals.requireNoDedup(table);
      schema.setIdentifierFields(List.of());
    } else {
      throw SchemaRefusals.ofChange(table, change);
    }
  }

  private void add(UpdateSchema schema, TableChange.AddColumn add) {
    Column column = add.getColumn();
    if (!column.isPhysical()) {
      throw SchemaRefusals.notPhysical(column.getName());
    }
    Type type = ColumnTypes.toIceberg(column.getName(), column.getDataType());
    String comment = column.getComment().orElse(null);
    if (column.getDataType().getLogicalType().isNullable()) {
      schema.addColumn(column.getName(), type, comment);
    } else if (empty) {
      schema.addRequiredColumn(column.getName(), type, comment);
    } else {
      throw SchemaRefusals.required(table, column.getName());
    }
    move(schema, column.getName(), add.getPosition());
  }

  private void modify(UpdateSchema schema, TableChange.ModifyColumn modify) {
    String name = modify.getOldColumn().getName();
    if (modify instanceof TableChange.ModifyColumnName rename) {
      schema.renameColumn(rename.getOldColumnName(), rename.getNewColumnName());
    } else if (modify instanceof TableChange.ModifyColumnPosition position) {
      move(schema, name, position.getNewPosition());
    } else if (modify instanceof TableChange.ModifyColumnComment comment) {
      schema.updateColumnDoc(name, comment.getNewComment());
    } else if (modify instanceof TableChange.ModifyPhysicalColumnType retype) {
      Type wanted = ColumnTypes.toIceberg(name, retype.getNewType());
      new TypeEvolution(schema).evolve(name, table.schema().findType(name), wanted);
      nullability(schema, name, retype.getNewType().getLogicalType().isNullable());
    } else {
      throw SchemaRefusals.ofChange(table, modify);
    }
  }

  private void nullability(UpdateSchema schema, String name, boolean nullable) {
    boolean was = table.schema().findField(name).isOptional();
    if (nullable && !was) {
      schema.makeColumnOptional(name);
    } else if (!nullable && was) {
      if (!empty) {
        throw SchemaRefusals.required(table, name);
      }
      schema.requireColumn(name);
    }
  }

  private static void move(UpdateSchema schema, String name, TableChange.ColumnPosition position) {
    if (position instanceof TableChange.First) {
      schema.moveFirst(name);
    } else if (position instanceof TableChange.After after) {
      schema.moveAfter(name, after.column());
    }
  }

  private static Map<String, String> renames(List<TableChange> changes) {
    Map<String, String> renames = new LinkedHashMap<>();
    for (TableChange change : changes) {
      if (change instanceof TableChange.ModifyColumnName rename) {
        renames.put(rename.getOldColumnName(), rename.getNewColumnName());
      }
    }
    return renames;
  }

  /** The bloom filters go with their column. */
  private Map<String, String> withoutDropped(List<TableChange> changes) {
    List<String> dropped =
        changes.stream()
            .filter(TableChange.DropColumn.class::isInstance)
            .map(change -> ((TableChange.DropColumn) change).getColumnName())
            .toList();
    List<String> columns =
        TableLayout.columnsIn(table.properties().getOrDefault(TableOptions.BLOOM_FILTER, ""));
    List<String> left = columns.stream().filter(column -> !dropped.contains(column)).toList();
    Map<String, String> changed = new LinkedHashMap<>();
    if (left.size() < columns.size()) {
      changed.put(TableOptions.BLOOM_FILTER, left.isEmpty() ? null : String.join(", ", left));
    }
    return changed;
  }

  /** The options that name a renamed column, with its new name. */
  private Map<String, String> renamed(String from, String to) {
    Map<String, String> changed = new LinkedHashMap<>();
    Map<String, String> now = table.properties();
    if (from.equals(now.get(TableOptions.HYPERTABLE))) {
      changed.put(TableOptions.HYPERTABLE, to);
    }
    String distribution = now.get(TableOptions.DISTRIBUTION);
    if (distribution != null
        && Distribution.parse(distribution) instanceof Distribution.Hash hash
        && hash.column().equals(from)) {
      changed.put(TableOptions.DISTRIBUTION, new Distribution.Hash(to, hash.shards()).toString());
    }
    for (String key :
        List.of(
            TableOptions.ORDER_BY,
            TableOptions.COMPRESSION_SEGMENT_BY,
            TableOptions.BLOOM_FILTER)) {
      List<String> columns = TableLayout.columnsIn(now.getOrDefault(key, ""));
      if (columns.contains(from)) {
        changed.put(
            key, String.join(", ", columns.stream().map(c -> c.equals(from) ? to : c).toList()));
      }
    }
    changed.putAll(Checks.renamed(now, from, to));
    return changed;
  }
}
