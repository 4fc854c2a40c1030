package io.orochi.catalog.flink.sink;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** Refuses NULL in the table's NOT NULL columns. */
final class RequiredColumns {
  private static final int SHOWN_COLUMNS = 8;

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
            .withDetail("The row is " + show(row) + ".")
            .withHint("Give the column a value, or drop its NOT NULL.");
      }
    }
  }

  private String show(RowData row) {
    StringBuilder text = new StringBuilder("(");
    int shown = Math.min(SHOWN_COLUMNS, row.getArity());
    for (int i = 0; i < shown; i++) {
      Object value =
          row instanceof GenericRowData generic
              ? generic.getField(i)
              : RowData.createFieldGetter(rowType.getTypeAt(i), i).getFieldOrNull(row);
      text.append(i == 0 ? "" : ", ")
          .append(rowType.getFieldNames().get(i))
          .append('=')
          .append(value == null ? "NULL" : value);
    }
    return text.append(shown < row.getArity() ? ", …)" : ")").toString();
  }
}
