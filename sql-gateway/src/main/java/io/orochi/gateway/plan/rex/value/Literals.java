package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.KernelTypes;
import io.orochi.gateway.plan.sql.SqlText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Constants with their exact type. */
public final class Literals {
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final long MILLIS_PER_HOUR = 3_600_000;
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final long MILLIS_PER_SECOND = 1_000;

  private Literals() {}

  public static String write(RexLiteral literal, RexContext context) {
    RelDataType type = literal.getType();
    if (literal.isNull()) {
      return "CAST(NULL AS " + KernelTypes.of(type) + ")";
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> literal.isAlwaysTrue() ? "true" : "false";
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, FLOAT, REAL, DOUBLE ->
          number(literal.getValueAs(BigDecimal.class), type);
      case CHAR, VARCHAR -> SqlText.string(literal.getValueAs(String.class));
      case BINARY, VARBINARY -> SqlText.bytes(literal.getValueAs(ByteString.class).getBytes());
      case DATE -> "DATE " + SqlText.string(literal.getValueAs(DateString.class).toString());
      case TIME -> "TIME " + SqlText.string(literal.getValueAs(TimeString.class).toString());
      case TIMESTAMP -> localTimestamp(timestamp(literal), type);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(timestamp(literal).toInstant(ZoneOffset.UTC));
      default -> interval(literal);
    };
  }

  /** The local date and time a timestamp literal spells. */
  public static LocalDateTime timestamp(RexLiteral literal) {
    return LocalDateTime.parse(literal.getValueAs(TimestampString.class).toString(), TIMESTAMP);
  }

  public static String localTimestamp(LocalDateTime value, RelDataType type) {
    return KernelTypes.of(type) + " " + SqlText.string(TIMESTAMP.format(value));
  }

  public static String instant(Instant value) {
    return "TIMESTAMPTZ "
        + SqlText.string(TIMESTAMP.format(value.atOffset(ZoneOffset.UTC)) + "+00");
  }

  public static String date(LocalDate value) {
    return "DATE " + SqlText.string(value.toString());
  }

  public static String number(BigDecimal value, RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case INTEGER -> value.intValueExact() >= 0 ? value.toPlainString() : cast(value, type);
      case FLOAT, REAL, DOUBLE ->
          "CAST(" + SqlText.string(value.toString()) + " AS " + KernelTypes.of(type) + ")";
      default -> cast(value, type);
    };
  }

  private static String cast(BigDecimal value, RelDataType type) {
    return "CAST(" + value.toPlainString() + " AS " + KernelTypes.of(type) + ")";
  }

  private static String interval(RexLiteral literal) {
    BigDecimal value = literal.getValueAs(BigDecimal.class);
    if (Types.isMonthInterval(literal.getType())) {
      return months(value.longValueExact());
    }
    if (Types.isTimeInterval(literal.getType())) {
      return millis(value.longValueExact());
    }
    throw new CannotExpress("the literal " + literal);
  }

  public static String months(long months) {
    return "INTERVAL (" + months + ") MONTH";
  }

  /** In hours or less: a day is 24 hours in Flink, also where clocks change. */
  public static String millis(long millis) {
    if (millis % MILLIS_PER_HOUR == 0) {
      return "INTERVAL (" + millis / MILLIS_PER_HOUR + ") HOUR";
    }
    if (millis % MILLIS_PER_MINUTE == 0) {
      return "INTERVAL (" + millis / MILLIS_PER_MINUTE + ") MINUTE";
    }
    if (millis % MILLIS_PER_SECOND == 0) {
      return "INTERVAL (" + millis / MILLIS_PER_SECOND + ") SECOND";
    }
    return "INTERVAL (" + millis + ") MILLISECOND";
  }
}
