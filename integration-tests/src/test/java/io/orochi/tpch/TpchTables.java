package io.orochi.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * The eight tables of TPC-H as Iceberg tables, money as DECIMAL(15, 2). Rows come from the
 * generator in the order of their keys; a table of n rows has a file for each 1.5 million.
 */
public final class TpchTables {
  private static final double ROWS_PER_SCALE = 6_000_000;
  private static final double ROWS_PER_FILE = 1_500_000;

  private TpchTables() {}

  /**
   * Creates the database and its tables; 1.0 is about 6 million rows of lineitem. What an earlier
   * load has finished stays; a table it has left without rows is loaded.
   */
  public static <C extends Catalog & SupportsNamespaces> void load(
      C catalog, String database, double scale) throws IOException {
    Namespace namespace = Namespace.of(database);
    if (!catalog.namespaceExists(namespace)) {
      catalog.createNamespace(namespace);
    }
    for (TpchTable<?> source : TpchTable.getTables()) {
      Schema schema = schema(source);
      TableIdentifier name = TableIdentifier.of(namespace, source.getTableName());
      Table table =
          catalog.tableExists(name)
              ? catalog.loadTable(name)
              : catalog.createTable(name, schema, PartitionSpec.unpartitioned());
      if (table.currentSnapshot() != null) {
        continue;
      }
      BulkLoad load = new BulkLoad(table);
      int files = files(source, scale);
      for (int part = 1; part <= files; part++) {
        load.writeFile(records(source, schema, scale, part, files));
      }
      load.commit();
    }
  }

  private static int files(TpchTable<?> table, double scale) {
    double share =
        switch (table.getTableName()) {
          case "lineitem" -> 1;
          case "orders" -> 0.25;
          case "partsupp" -> 0.14;
          default -> 0;
        };
    return Math.max(1, (int) Math.round(share * scale * ROWS_PER_SCALE / ROWS_PER_FILE));
  }

  private static Schema schema(TpchTable<?> table) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (TpchColumn<?> column : table.getColumns()) {
      fields.add(
          Types.NestedField.required(fields.size() + 1, column.getColumnName(), type(column)));
    }
    return new Schema(fields);
  }

  private static Type type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case INTEGER -> Types.IntegerType.get();
      case IDENTIFIER -> Types.LongType.get();
      case DATE -> Types.DateType.get();
      case DOUBLE -> Types.DecimalType.of(15, 2);
      case VARCHAR -> Types.StringType.get();
    };
  }

  private static <E extends TpchEntity> Iterator<GenericRecord> records(
      TpchTable<E> table, Schema schema, double scale, int part, int parts) {
    Iterator<E> rows = table.createGenerator(scale, part, parts).iterator();
    List<TpchColumn<E>> columns = table.getColumns();
    GenericRecord record = GenericRecord.create(schema);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public GenericRecord next() {
        E row = rows.next();
        for (int column = 0; column < columns.size(); column++) {
          record.set(column, value(columns.get(column), row));
        }
        return record;
      }
    };
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E row) {
    return switch (column.getType().getBase()) {
      case INTEGER -> column.getInteger(row);
      case IDENTIFIER -> column.getIdentifier(row);
      case DATE -> LocalDate.ofEpochDay(column.getDate(row));
      case DOUBLE -> BigDecimal.valueOf(Math.round(column.getDouble(row) * 100), 2);
      case VARCHAR -> column.getString(row);
    };
  }
}
