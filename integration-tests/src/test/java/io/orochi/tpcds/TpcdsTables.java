package io.orochi.tpcds;

import io.orochi.tpch.BulkLoad;
import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpcds.column.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The tables of TPC-DS as Iceberg tables of one file each, in the generator's order of rows. */
final class TpcdsTables {
  private TpcdsTables() {}

  /** All but the one that describes the generator itself. */
  static List<Table> all() {
    return Table.getBaseTables().stream().filter(table -> table != Table.DBGEN_VERSION).toList();
  }

  /** Creates the database and its tables; at 0.01 they have 2.6 million rows. */
  static <C extends Catalog & SupportsNamespaces> void load(
      C catalog, String database, double scale) throws IOException {
    Namespace namespace = Namespace.of(database);
    catalog.createNamespace(namespace);
    for (Table source : all()) {
      Schema schema = schema(source);
      BulkLoad load =
          new BulkLoad(
              catalog.createTable(
                  TableIdentifier.of(namespace, source.getName()),
                  schema,
                  PartitionSpec.unpartitioned()));
      Session session = Session.getDefaultSession().withScale(scale).withTable(source);
      load.writeFile(new Records(source, schema, Results.constructResults(source, session)));
      load.commit();
    }
  }

  private static Schema schema(Table table) {
    List<Types.NestedField> fields = new ArrayList<>();
    for (Column column : table.getColumns()) {
      fields.add(
          Types.NestedField.optional(fields.size() + 1, column.getName(), type(column.getType())));
    }
    return new Schema(fields);
  }

  private static Type type(ColumnType type) {
    return switch (type.getBase()) {
      case INTEGER -> Types.IntegerType.get();
      case IDENTIFIER -> Types.LongType.get();
      case DATE -> Types.DateType.get();
      case DECIMAL ->
          Types.DecimalType.of(type.getPrecision().orElseThrow(), type.getScale().orElseThrow());
      case CHAR, VARCHAR, TIME -> Types.StringType.get();
    };
  }

  /** The generator's text as values, in one record that changes from row to row. */
  private static final class Records implements Iterator<GenericRecord> {
    private final Column[] columns;
    private final GenericRecord record;
    private final Iterator<List<List<String>>> rows;

    Records(Table table, Schema schema, Results results) {
      this.columns = table.getColumns();
      this.record = GenericRecord.create(schema);
      this.rows = results.iterator();
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public GenericRecord next() {
      List<String> row = rows.next().get(0);
      for (int column = 0; column < columns.length; column++) {
        String text = row.get(column);
        record.set(column, text == null ? null : value(columns[column].getType(), text));
      }
      return record;
    }

    private static Object value(ColumnType type, String text) {
      return switch (type.getBase()) {
        case INTEGER -> Integer.valueOf(text);
        case IDENTIFIER -> Long.valueOf(text);
        case DATE -> LocalDate.parse(text);
        case DECIMAL -> new BigDecimal(text).setScale(type.getScale().orElseThrow());
        case CHAR, VARCHAR, TIME -> text;
      };
    }
  }
}
