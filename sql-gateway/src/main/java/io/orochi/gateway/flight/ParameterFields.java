package io.orochi.gateway.flight;

import io.orochi.gateway.statement.arrow.ArrowFields;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * What a client is told to bind. Times are asked for in milliseconds: the Flight SQL JDBC driver
 * writes the milliseconds of java.sql.Timestamp and Time into a vector of whichever unit it is
 * told, so any other unit would silently be another time. A client that binds a type of its own, as
 * ADBC does, keeps its unit.
 */
final class ParameterFields {
  private ParameterFields() {}

  static Schema schema(List<LogicalType> types) {
    List<Field> fields = new ArrayList<>();
    for (LogicalType type : types) {
      Field field = ArrowFields.field("parameter_" + (fields.size() + 1), type.copy(true));
      fields.add(
          new Field(
              field.getName(),
              FieldType.nullable(inMilliseconds(field.getType())),
              field.getChildren()));
    }
    return new Schema(fields);
  }

  private static ArrowType inMilliseconds(ArrowType type) {
    if (type instanceof ArrowType.Timestamp timestamp) {
      return new ArrowType.Timestamp(TimeUnit.MILLISECOND, timestamp.getTimezone());
    } else if (type instanceof ArrowType.Time) {
      return new ArrowType.Time(TimeUnit.MILLISECOND, 32);
    }
    return type;
  }
}
