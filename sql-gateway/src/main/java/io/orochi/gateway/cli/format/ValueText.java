package io.orochi.gateway.cli.format;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Values as text, one way for tables and CSV. Timestamps are ISO 8601 with a blank for the T. */
final class ValueText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter();
  private static final DateTimeFormatter ZONED_TIMESTAMP =
      new DateTimeFormatterBuilder().append(TIMESTAMP).appendOffsetId().toFormatter();

  private ValueText() {}

  /** Text of a value that is not null; nulls inside arrays and rows read NULL. */
  static String of(Object value) {
    if (value instanceof LocalDateTime timestamp) {
      return TIMESTAMP.format(timestamp);
    }
    if (value instanceof OffsetDateTime timestamp) {
      return ZONED_TIMESTAMP.format(timestamp);
    }
    if (value instanceof LocalTime time) {
      return TIME.format(time);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof List<?> items) {
      StringJoiner text = new StringJoiner(", ", "[", "]");
      items.forEach(item -> text.add(nested(item)));
      return text.toString();
    }
    if (value instanceof Map<?, ?> entries) {
      StringJoiner text = new StringJoiner(", ", "{", "}");
      entries.forEach((key, item) -> text.add(nested(key) + "=" + nested(item)));
      return text.toString();
    }
    return String.valueOf(value);
  }

  private static String nested(Object value) {
    return value == null ? "NULL" : of(value);
  }
}
