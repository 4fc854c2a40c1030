package io.orochi.stream.command;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Types;

/** The schemas of new tables. */
public final class Schemas {
  private Schemas() {}

  public static Schema of(RowType rowType) {
    return FlinkSchemaUtil.convert(FlinkSchemaUtil.toResolvedSchema(rowType));
  }

  /**
   * The same columns, the time column NOT NULL.
   *
   * @throws OrochiException TIME_COLUMN_MISSING
   */
  public static Schema withTime(Schema schema, String timeColumn) {
    if (schema.findField(timeColumn) == null) {
      throw OrochiException.of(
              OrochiErrorCode.TIME_COLUMN_MISSING, "Cannot find time column \"" + timeColumn + "\"")
          .withDetail(
              "The file has "
                  + String.join(
                      ", ", schema.columns().stream().map(Types.NestedField::name).toList())
                  + ".")
          .withHint("Name the timestamp column with --time.");
    }
    List<Types.NestedField> columns = new ArrayList<>();
    for (Types.NestedField column : schema.columns()) {
      columns.add(
          column.name().equals(timeColumn)
              ? Types.NestedField.required(column.fieldId(), column.name(), column.type())
              : column);
    }
    return new Schema(columns);
  }
}
