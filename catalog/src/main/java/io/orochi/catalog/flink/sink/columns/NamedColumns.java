package io.orochi.catalog.flink.sink.columns;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.FlinkSchemaUtil;

/**
 * Puts the values of a stream's rows where the table has the columns of their names. A column that
 * has come since the stream's first rows is NULL in new ones too.
 */
public final class NamedColumns implements MapFunction<RowData, RowData> {
  private static final long serialVersionUID = 1L;

  /** One for each column of the table; null where the stream has none. */
  private final RowData.FieldGetter[] values;

  private NamedColumns(RowData.FieldGetter[] values) {
    this.values = values;
  }

  /** Whether rows of the stream are rows of the table as they are. */
  public static boolean areThoseOf(Table table, RowType stream) {
    RowType wanted = FlinkSchemaUtil.convert(table.schema());
    return wanted.getFieldNames().equals(stream.getFieldNames())
        && nullable(wanted.getChildren()).equals(nullable(stream.getChildren()));
  }

  /**
   * @throws OrochiException TABLE_CHANGED if a column of the stream is not in the table, has
   *     another type there, or a column of the table needs a value the stream does not have
   */
  public static NamedColumns of(Table table, RowType stream) {
    RowType wanted = FlinkSchemaUtil.convert(table.schema());
    for (String name : stream.getFieldNames()) {
      if (!wanted.getFieldNames().contains(name)) {
        throw changed(table, "The table has no column %s any more.".formatted(name));
      }
    }
    List<RowData.FieldGetter> values = new ArrayList<>();
    for (RowType.RowField column : wanted.getFields()) {
      int place = stream.getFieldNames().indexOf(column.getName());
      if (place < 0 && !column.getType().isNullable()) {
        throw changed(
            table, "Column %s is new there and may not be NULL.".formatted(column.getName()));
      }
      if (place >= 0 && !column.getType().copy(true).equals(stream.getTypeAt(place).copy(true))) {
        throw changed(
            table,
            "Column %s is %s there and %s in the stream."
                .formatted(column.getName(), column.getType(), stream.getTypeAt(place)));
      }
      values.add(place < 0 ? null : RowData.createFieldGetter(stream.getTypeAt(place), place));
    }
    return new NamedColumns(values.toArray(RowData.FieldGetter[]::new));
  }

  @Override
  public RowData map(RowData row) {
    GenericRowData fitted = new GenericRowData(row.getRowKind(), values.length);
    for (int i = 0; i < values.length; i++) {
      fitted.setField(i, values[i] == null ? null : values[i].getFieldOrNull(row));
    }
    return fitted;
  }

  private static List<LogicalType> nullable(List<LogicalType> types) {
    return types.stream().map(type -> type.copy(true)).toList();
  }

  private static OrochiException changed(Table table, String how) {
    return OrochiException.of(
            OrochiErrorCode.TABLE_CHANGED,
            "Cannot write this stream to %s: the table has other columns".formatted(table.name()))
        .withDetail(how)
        .withHint(
            "ALTER TABLE to give the column its name and type back, or start the stream with"
                + " another table.");
  }
}
