package io.orochi.gateway.plan.sql;

import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The kernel's type of each Flink type. TIMESTAMP(p) and TIMESTAMP_LTZ(p) of any p up to 6 are
 * microseconds whose digits after p are zero; CHAR and VARCHAR of any length are VARCHAR.
 */
public final class KernelTypes {
  private static final int MICROS = 6;

  private KernelTypes() {}

  /**
   * @throws CannotExpress if the kernel has no such type
   */
  public static String of(RelDataType type) {
    SqlTypeName name = type.getSqlTypeName();
    return switch (name) {
      case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, DOUBLE, DATE -> name.getName();
      case FLOAT, REAL -> "FLOAT";
      case DECIMAL -> decimal(type.getPrecision(), type.getScale());
      case CHAR, VARCHAR -> "VARCHAR";
      case BINARY, VARBINARY -> "BLOB";
      case TIME -> "TIME";
      case TIMESTAMP -> type.getPrecision() <= MICROS ? "TIMESTAMP" : "TIMESTAMP_NS";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> zoned(type);
      case ARRAY -> of(type.getComponentType()) + "[]";
      case MAP -> "MAP(" + of(type.getKeyType()) + ", " + of(type.getValueType()) + ")";
      case ROW -> struct(type);
      default -> {
        if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
          yield "INTERVAL";
        }
        throw new CannotExpress("the type " + type);
      }
    };
  }

  public static String decimal(int precision, int scale) {
    return "DECIMAL(" + precision + ", " + scale + ")";
  }

  private static String zoned(RelDataType type) {
    if (type.getPrecision() > MICROS) {
      throw new CannotExpress("the type TIMESTAMP_LTZ(" + type.getPrecision() + ")");
    }
    return "TIMESTAMPTZ";
  }

  private static String struct(RelDataType type) {
    return type.getFieldList().stream()
        .map(field -> SqlText.identifier(field.getName()) + " " + of(field.getType()))
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }
}
