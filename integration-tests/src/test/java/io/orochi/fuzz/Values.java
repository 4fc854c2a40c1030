package io.orochi.fuzz;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** SQL's comparisons, and values as texts in which equal values are equal. */
public final class Values {
  private Values() {}

  /** Neither is null. NaN equals itself and is the greatest number, as in the kernel. */
  @SuppressWarnings("unchecked")
  static int compare(Object a, Object b) {
    if (a instanceof Number left && b instanceof Number right) {
      return compareNumbers(left, right);
    }
    return ((Comparable<Object>) a).compareTo(b);
  }

  private static int compareNumbers(Number a, Number b) {
    if (a instanceof Double || b instanceof Double) {
      // adding zero makes -0.0 positive
      return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }
    return decimal(a).compareTo(decimal(b));
  }

  static BigDecimal decimal(Number value) {
    return value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(value.longValue());
  }

  public static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Double number) {
      return Double.toString(number + 0.0);
    }
    if (value instanceof Number number) {
      BigDecimal decimal = decimal(number);
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate().toString();
    }
    return value instanceof LocalDate || value instanceof String || value instanceof Boolean
        ? value.toString()
        : time(value);
  }

  private static String time(Object value) {
    if (value instanceof Timestamp timestamp) {
      return timestamp.toLocalDateTime().toString();
    }
    if (value instanceof OffsetDateTime time) {
      return utc(time.toInstant());
    }
    if (value instanceof ZonedDateTime time) {
      return utc(time.toInstant());
    }
    return value instanceof Instant instant ? utc(instant) : value.toString();
  }

  private static String utc(Instant instant) {
    return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
  }
}
