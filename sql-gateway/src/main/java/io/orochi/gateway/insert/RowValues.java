package io.orochi.gateway.insert;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;

/**
 * A bound or written value as a column's, where both are the same value beyond doubt. What would
 * have to be rounded, cut, padded or moved to a time zone is left to the planner, whose rules hold.
 */
final class RowValues {
  /** Stands for a value that is not plainly one of the column's. */
  static final Object UNCLEAR = new Object();

  private static final int NANO_DIGITS = 9;
  private static final int FLOAT_DIGITS = 7;
  private static final int DOUBLE_DIGITS = 15;
  private static final int LAST_YEAR = 9999;

  private RowValues() {}

  /**
   * @return Flink's internal form, null for NULL, or {@link #UNCLEAR}
   */
  static Object of(Object value, LogicalType type) {
    if (value == null) {
      return null;
    }
    return switch (type.getTypeRoot()) {
      case TINYINT -> integer(value, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue);
      case SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue);
      case INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
      case BIGINT -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE, whole -> whole);
      case FLOAT -> single(value);
      case DOUBLE -> floating(value, DOUBLE_DIGITS, Number::doubleValue);
      case DECIMAL -> decimal(value, (DecimalType) type);
      case BOOLEAN -> value instanceof Boolean ? value : UNCLEAR;
      case VARCHAR -> text(value, (VarCharType) type);
      case DATE ->
          value instanceof LocalDate date && sqlHas(date.getYear())
              ? (Object) (int) date.toEpochDay()
              : UNCLEAR;
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          value instanceof LocalDateTime time
                  && sqlHas(time.getYear())
                  && fits(time.getNano(), type)
              ? TimestampData.fromLocalDateTime(time)
              : UNCLEAR;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          value instanceof Instant time
                  && sqlHas(time.atOffset(ZoneOffset.UTC).getYear())
                  && fits(time.getNano(), type)
              ? TimestampData.fromInstant(time)
              : UNCLEAR;
      default -> UNCLEAR;
    };
  }

  private interface Narrow {
    Object of(Long whole);
  }

  private interface Approximate {
    Object of(Number number);
  }

  private static Object integer(Object value, long least, long most, Narrow narrow) {
    BigDecimal number = exact(value);
    if (number == null || number.scale() > 0) {
      return UNCLEAR;
    }
    boolean inside =
        number.compareTo(BigDecimal.valueOf(least)) >= 0
            && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    return inside ? narrow.of(number.longValueExact()) : UNCLEAR;
  }

  /** Flink refuses a DECIMAL and a DOUBLE where a FLOAT is wanted. */
  private static Object single(Object value) {
    boolean refused =
        value instanceof Double || (value instanceof BigDecimal decimal && decimal.scale() > 0);
    return refused ? UNCLEAR : floating(value, FLOAT_DIGITS, Number::floatValue);
  }

  /**
   * @param digits so few that dividing them by a power of ten gives the nearest number
   */
  private static Object floating(Object value, int digits, Approximate approximate) {
    boolean clear =
        value instanceof BigDecimal decimal
            ? decimal.precision() <= digits && decimal.scale() >= 0 && decimal.scale() <= digits
            : value instanceof Number;
    return clear ? approximate.of((Number) value) : UNCLEAR;
  }

  private static Object decimal(Object value, DecimalType type) {
    BigDecimal number = exact(value);
    if (number == null || number.scale() > type.getScale()) {
      return UNCLEAR;
    }
    DecimalData fitting = DecimalData.fromBigDecimal(number, type.getPrecision(), type.getScale());
    return fitting == null ? UNCLEAR : fitting;
  }

  private static Object text(Object value, VarCharType type) {
    return value instanceof String text && text.codePointCount(0, text.length()) <= type.getLength()
        ? StringData.fromString(text)
        : UNCLEAR;
  }

  /** SQL writes years with four digits. */
  private static boolean sqlHas(int year) {
    return year > 0 && year <= LAST_YEAR;
  }

  private static boolean fits(int nanos, LogicalType type) {
    int unit = 1;
    for (int digit = LogicalTypeChecks.getPrecision(type); digit < NANO_DIGITS; digit++) {
      unit *= 10;
    }
    return nanos % unit == 0;
  }

  /** Null for what is no exact number. */
  private static BigDecimal exact(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    boolean whole =
        value instanceof Long
            || value instanceof Integer
            || value instanceof Short
            || value instanceof Byte;
    return whole ? BigDecimal.valueOf(((Number) value).longValue()) : null;
  }
}
