package io.orochi.catalog.flink.ddl;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.types.Type;

/** Flink's types as Iceberg stores them. */
public final class ColumnTypes {
  private ColumnTypes() {}

  /**
   * @throws OrochiException SCHEMA_CHANGE_REFUSED naming the column whose type cannot be stored
   */
  public static Schema toIceberg(ResolvedSchema schema) {
    for (Column column : schema.getColumns()) {
      toIceberg(column.getName(), column.getDataType());
    }
    return FlinkSchemaUtil.convert(schema);
  }

  static Type toIceberg(String column, DataType type) {
    try {
      return FlinkSchemaUtil.convert(type.getLogicalType());
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      throw OrochiException.of(
              OrochiErrorCode.SCHEMA_CHANGE_REFUSED,
              "Cannot store column " + column + " of type " + type.getLogicalType())
          .withDetail("A stored table has no such type.")
          .withHint("CAST it, an interval for example to a number of seconds.")
          .causedBy(e);
    }
  }

  static LogicalType toFlink(Type type) {
    return FlinkSchemaUtil.convert(type);
  }
}
