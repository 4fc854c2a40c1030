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

/**
 * The CHECK constraints of a table as it was when a job was built; travels to the cluster. Safe for
 * one thread.
 */
public final class TableChecks implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private final RowType rowType;
  private final HashMap<String, String> options = new HashMap<>();
  private transient List<CheckConstraint> parsed;
  private transient RowDataValues values;

  private TableChecks(Schema schema, RowType rowType, Map<String, String> properties) {
    this.schema = schema;
    this.rowType = rowType;
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
    return new TableChecks(table.schema(), rowType, table.properties());
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
      if (!check.allows(values)) {
        return Optional.of(check);
      }
    }
    return Optional.empty();
  }
}
