package io.orochi.gateway.statement.arrow;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.catalog.Column;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * The one Arrow type of each Flink type, whichever engine made the rows. Types without a match
 * travel as text.
 */
public final class ArrowFields {
  private ArrowFields() {}

  public static Schema schema(ResolvedSchema schema) {
    List<Field> fields = new ArrayList<>();
    for (Column column : schema.getColumns()) {
      fields.add(field(column.getName(), column.getDataType().getLogicalType()));
    }
    return new Schema(fields);
  }

  public static Field field(String name, LogicalType type) {
    List<Field> children =
        switch (type.getTypeRoot()) {
          case ARRAY -> List.of(field("element", ((ArrayType) type).getElementType()));
          case MAP -> List.of(entries((MapType) type));
          case ROW ->
              ((RowType) type)
                  .getFields().stream().map(f -> field(f.getName(), f.getType())).toList();
          default -> List.of();
        };
    return new Field(name, new FieldType(type.isNullable(), arrowType(type), null), children);
  }

  private static Field entries(MapType type) {
    return new Field(
        MapVector.DATA_VECTOR_NAME,
        new FieldType(false, ArrowType.Struct.INSTANCE, null),
        List.of(
            field(MapVector.KEY_NAME, type.getKeyType().copy(false)),
            field(MapVector.VALUE_NAME, type.getValueType())));
  }

  private static ArrowType arrowType(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> ArrowType.Bool.INSTANCE;
      case TINYINT -> new ArrowType.Int(8, true);
      case SMALLINT -> new ArrowType.Int(16, true);
      case INTEGER -> new ArrowType.Int(32, true);
      case BIGINT -> new ArrowType.Int(64, true);
      case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case BINARY, VARBINARY -> ArrowType.Binary.INSTANCE;
      case DECIMAL ->
          new ArrowType.Decimal(
              ((DecimalType) type).getPrecision(), ((DecimalType) type).getScale(), 128);
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIME_WITHOUT_TIME_ZONE -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> new ArrowType.Timestamp(unit(type), null);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> new ArrowType.Timestamp(unit(type), "UTC");
      case INTERVAL_YEAR_MONTH -> new ArrowType.Interval(IntervalUnit.YEAR_MONTH);
      case INTERVAL_DAY_TIME -> new ArrowType.Duration(TimeUnit.MILLISECOND);
      case ARRAY -> ArrowType.List.INSTANCE;
      case MAP -> new ArrowType.Map(false);
      case ROW -> ArrowType.Struct.INSTANCE;
      default -> ArrowType.Utf8.INSTANCE;
    };
  }

  private static TimeUnit unit(LogicalType type) {
    return LogicalTypeChecks.getPrecision(type) > 6 ? TimeUnit.NANOSECOND : TimeUnit.MICROSECOND;
  }
}
