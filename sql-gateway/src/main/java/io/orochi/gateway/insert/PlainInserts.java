package io.orochi.gateway.insert;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.gateway.change.ChangePlan;
import io.orochi.gateway.change.ChangeRunner;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.change.KernelRowSource;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.gateway.plan.sql.SqlTemplate;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.util.CloseableIterator;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/**
 * Runs INSERT … VALUES without planner and kernel. Whatever is not plain comes back as empty, and
 * then nothing has happened: the planner knows the rules and the messages.
 */
public final class PlainInserts {
  private static final KernelQuery NO_QUERY =
      new KernelQuery(SqlTemplate.of(""), List.of(), ZoneOffset.UTC, false);

  private final OrochiCatalog catalog;
  private final String database;

  /**
   * @param database the session's current one
   */
  public PlainInserts(OrochiCatalog catalog, String database) {
    this.catalog = catalog;
    this.database = database;
  }

  private record Planned(Table table, List<RowData> rows) {}

  /** The types of the {@code ?} in order. */
  public Optional<List<LogicalType>> parameterTypes(ValuesStatement statement) {
    return table(statement, SessionTables.COMMITTED).flatMap(table -> types(statement, table));
  }

  /** Whether {@link #run} will most likely do it. */
  public boolean isPlain(ValuesInsert insert) {
    return plan(insert, SessionTables.COMMITTED).isPresent();
  }

  /**
   * Writes the rows and publishes them, or adds them to the session's transaction.
   *
   * @param cancel asked before anything is published
   * @return how many there are
   * @throws io.orochi.table.error.OrochiException as {@link ChangeRunner#run} does
   */
  public OptionalLong run(ValuesInsert insert, ChangeTarget target, Runnable cancel) {
    Optional<Planned> planned = plan(insert, target);
    if (planned.isEmpty()) {
      return OptionalLong.empty();
    }
    List<RowData> rows = planned.get().rows();
    if (target.buffer(planned.get().table(), rows)) {
      return OptionalLong.of(rows.size());
    }
    ChangePlan plan = change(planned.get());
    return OptionalLong.of(new ChangeRunner(target, new Known(rows, cancel)).run(() -> plan));
  }

  private static ChangePlan change(Planned planned) {
    int columns = planned.table().schema().columns().size();
    return new ChangePlan(
        ChangeKind.APPEND,
        planned.table(),
        ChangeBasis.nothing(),
        List.of(),
        NO_QUERY,
        ResolvedSchema.of(),
        new ChangePlan.RowShape(columns, -1, -1));
  }

  private record Known(List<RowData> rows, Runnable cancel) implements KernelRowSource {
    @Override
    public CloseableIterator<RowData> rows(KernelQuery query, ResolvedSchema schema) {
      return CloseableIterator.adapterForIterator(rows.iterator());
    }

    @Override
    public void throwIfCancelled() {
      cancel.run();
    }
  }

  private Optional<Planned> plan(ValuesInsert insert, SessionTables tables) {
    return table(insert.statement(), tables).flatMap(table -> plan(insert, table));
  }

  private static Optional<Planned> plan(ValuesInsert insert, Table table) {
    RowType type = FlinkSchemaUtil.convert(table.schema());
    int[] places = places(insert.statement(), type);
    if (places == null) {
      return Optional.empty();
    }
    List<RowData> rows = new ArrayList<>();
    for (List<Object> bound : insert.bound()) {
      if (bound.size() != insert.statement().parameters()) {
        return Optional.empty();
      }
      for (List<ValuesStatement.Item> items : insert.statement().rows()) {
        RowData row = row(items, bound, places, type);
        if (row == null) {
          return Optional.empty();
        }
        rows.add(row);
      }
    }
    return Optional.of(new Planned(table, rows));
  }

  private static RowData row(
      List<ValuesStatement.Item> items, List<Object> bound, int[] places, RowType type) {
    if (items.size() != places.length) {
      return null;
    }
    GenericRowData row = new GenericRowData(type.getFieldCount());
    for (int i = 0; i < places.length; i++) {
      Object given =
          items.get(i) instanceof ValuesStatement.Item.Parameter parameter
              ? bound.get(parameter.index())
              : ((ValuesStatement.Item.Constant) items.get(i)).value();
      Object value = RowValues.of(given, type.getTypeAt(places[i]));
      if (value == RowValues.UNCLEAR) {
        return null;
      }
      row.setField(places[i], value);
    }
    return row;
  }

  private static Optional<List<LogicalType>> types(ValuesStatement statement, Table table) {
    RowType type = FlinkSchemaUtil.convert(table.schema());
    int[] places = places(statement, type);
    List<LogicalType> types = new ArrayList<>();
    for (List<ValuesStatement.Item> items : statement.rows()) {
      if (places == null || items.size() != places.length) {
        return Optional.empty();
      }
      for (int i = 0; i < places.length; i++) {
        if (items.get(i) instanceof ValuesStatement.Item.Parameter) {
          types.add(type.getTypeAt(places[i]));
        }
      }
    }
    return Optional.of(types);
  }

  /**
   * The table's column of each value; null if a name is not a column's or comes twice, or if a
   * column that takes no NULL has no value.
   */
  private static int[] places(ValuesStatement statement, RowType type) {
    List<String> names = statement.columns().isEmpty() ? type.getFieldNames() : statement.columns();
    int[] places = names.stream().mapToInt(type::getFieldIndex).toArray();
    Set<Integer> named = Arrays.stream(places).boxed().collect(Collectors.toSet());
    if (named.contains(-1) || named.size() < places.length) {
      return null;
    }
    for (int i = 0; i < type.getFieldCount(); i++) {
      if (!named.contains(i) && !type.getTypeAt(i).isNullable()) {
        return null;
      }
    }
    return places;
  }

  /** A table with a primary key has rules of its own about rows that are there already. */
  private Optional<Table> table(ValuesStatement statement, SessionTables tables) {
    List<String> names = statement.table();
    if (names.size() == 3 && !names.get(0).equals(catalog.getName())) {
      return Optional.empty();
    }
    String name = names.get(names.size() - 1);
    String schema = names.size() == 1 ? database : names.get(names.size() - 2);
    if (names.size() > 3 || name.indexOf('$') >= 0) {
      return Optional.empty();
    }
    try {
      Table table =
          tables.table(catalog.icebergCatalog(), TableIdentifier.of(Namespace.of(schema), name));
      return table.schema().identifierFieldIds().isEmpty() ? Optional.of(table) : Optional.empty();
    } catch (NoSuchTableException unknown) {
      return Optional.empty();
    }
  }
}
