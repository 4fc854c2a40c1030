package io.orochi.catalog.flink.sink.constraint;

import io.orochi.table.check.CheckConstraint;
import io.orochi.table.check.Checks;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;

/**
 * The CHECK constraints of a table as it was when a job was built; travels to the cluster. Safe for
 * one thread.
 */
public final class TableChecks implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private final RowType rowType;
  private final HashMap<String, String> options = new HashMap<>();

  /** The place in a row of each of the schema's columns; negative for one it does not have. */
  private final int[] places;

  private transient List<CheckConstraint> parsed;
  private transient RowDataValues values;

  private TableChecks(
      Schema schema, RowType rowType, int[] places, Map<String, String> properties) {
    this.schema = schema;
    this.rowType = rowType;
    this.places = places;
    properties.forEach(
        (key, value) -> {
          if (key.startsWith(Checks.PREFIX)) {
            options.put(key, value);
          }
        });
  }

  /**
   * @param rowType of the rows, the table's columns in their order
   */
  public static TableChecks of(Table table, RowType rowType) {
    return of(table, table.schema(), rowType);
  }

  /**
   * The same for rows of columns that the table had before; NULL stands for the values of newer
   * ones.
   *
   * @param written the columns of the rows
   */
  static TableChecks of(Table table, Schema written, RowType rowType) {
    List<Types.NestedField> columns = table.schema().columns();
    List<Integer> ids = written.columns().stream().map(Types.NestedField::fieldId).toList();
    int[] places = columns.stream().mapToInt(column -> ids.indexOf(column.fieldId())).toArray();
    return new TableChecks(table.schema(), rowType, places, table.properties());
  }

  /**
   * Understands the conditions, which {@link #broken} else does with the first row.
   *
   * @throws io.orochi.table.error.OrochiException CONSTRAINT_INVALID
   */
  public void parse() {
    parsed = Checks.of(schema, options);
    values = new RowDataValues(rowType);
  }

  /** The first constraint that refuses the row. */
  public Optional<CheckConstraint> broken(RowData row) {
    if (parsed == null) {
      parse();
    }
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    values.show(row);
    for (CheckConstraint check : parsed) {
      if (!check.allows(column -> places[column] < 0 ? null : values.value(places[column]))) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }
}
