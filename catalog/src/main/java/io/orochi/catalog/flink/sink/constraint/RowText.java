package io.orochi.catalog.flink.sink.constraint;

import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;

/** A row as an error shows it: its first columns. */
final class RowText {
  private static final int SHOWN_COLUMNS = 8;

  private RowText() {}

  static String of(RowData row, RowType rowType) {
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
