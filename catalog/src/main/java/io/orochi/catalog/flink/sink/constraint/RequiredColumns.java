package io.orochi.catalog.flink.sink.constraint;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Refuses NULL in the table's NOT NULL columns. */
final class RequiredColumns {
  private final String table;
  private final RowType rowType;
  private final int[] required;

  RequiredColumns(String table, Schema schema, RowType rowType) {
    this.table = table;
    this.rowType = rowType;
    List<Types.NestedField> columns = schema.columns();
    this.required =
        java.util.stream.IntStream.range(0, columns.size())
            .filter(i -> columns.get(i).isRequired())
            .toArray();
  }

  /**
   * @throws OrochiException NULL_NOT_ALLOWED naming the column and showing the row
   */
  void check(RowData row) {
    for (int column : required) {
      if (row.isNullAt(column)) {
        throw OrochiException.of(
                OrochiErrorCode.NULL_NOT_ALLOWED,
                "Cannot write NULL into column \"%s\" of %s"
                    .formatted(rowType.getFieldNames().get(column), table))
            .withDetail("The row is " + RowText.of(row, rowType) + ".")
            .withHint("Give the column a value, or drop its NOT NULL.");
      }
    }
  }
}
