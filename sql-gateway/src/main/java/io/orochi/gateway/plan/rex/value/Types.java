package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.KernelTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Questions about types that several rules ask. */
public final class Types {
  private Types() {}

  public static boolean isInteger(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isDecimal(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL;
  }

  public static boolean isApproximate(RelDataType type) {
    return SqlTypeName.APPROX_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isNumber(RelDataType type) {
    return SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isText(RelDataType type) {
    return SqlTypeName.CHAR_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isDate(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DATE;
  }

  public static boolean isLocalTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  public static boolean isZonedTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }

  /** What the kernel's functions of times round to microseconds, and Flink's cut off. */
  public static boolean hasNanos(RelDataType type) {
    return isLocalTimestamp(type) && type.getPrecision() > 6;
  }

  public static boolean isTimestamp(RelDataType type) {
    return isLocalTimestamp(type) || isZonedTimestamp(type);
  }

  public static boolean isTemporal(RelDataType type) {
    return isDate(type) || isTimestamp(type);
  }

  public static boolean isMonthInterval(RelDataType type) {
    return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isTimeInterval(RelDataType type) {
    return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName());
  }

  public static boolean isInterval(RelDataType type) {
    return isMonthInterval(type) || isTimeInterval(type);
  }

  public static boolean sameInKernel(RelDataType a, RelDataType b) {
    return KernelTypes.of(a).equals(KernelTypes.of(b));
  }

  /** Digits before and after the point that a value of an exact type can have. */
  public static int scale(RelDataType type) {
    return isDecimal(type) ? type.getScale() : 0;
  }
}
