package io.orochi.gateway.plan.params;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/**
 * Java values as literals of a given type, if they have exactly one there. For FLOAT the literal is
 * a DOUBLE to compare with.
 */
final class ValueLiterals {
  private static final int[] NANOS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  private ValueLiterals() {}

  static Optional<RexLiteral> of(Object value, RelDataType type, RexBuilder builder) {
    if (value == null) {
      return literal(builder.makeNullLiteral(type));
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN ->
          value instanceof Boolean flag ? literal(builder.makeLiteral(flag)) : Optional.empty();
      case TINYINT -> whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, type, builder);
      case SMALLINT -> whole(value, Short.MIN_VALUE, Short.MAX_VALUE, type, builder);
      case INTEGER -> whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, type, builder);
      case BIGINT -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, type, builder);
      case DECIMAL -> decimal(value, type, builder);
      case FLOAT -> comparedWithFloat(value, builder);
      case DOUBLE -> approximate(value, type, builder);
      case VARCHAR ->
          value instanceof CharSequence text && text.length() <= type.getPrecision()
              ? literal(builder.makeLiteral(text.toString(), type, false))
              : Optional.empty();
      case DATE ->
          value instanceof LocalDate date
              ? literal(builder.makeDateLiteral(new DateString(date.toString())))
              : Optional.empty();
      case TIMESTAMP ->
          value instanceof LocalDateTime local && fits(local, type)
              ? literal(builder.makeTimestampLiteral(text(local), type.getPrecision()))
              : Optional.empty();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> instant(value, type, builder);
      default -> Optional.empty();
    };
  }

  private static Optional<RexLiteral> whole(
      Object value, long least, long most, RelDataType type, RexBuilder builder) {
    if (!(value instanceof Byte
        || value instanceof Short
        || value instanceof Integer
        || value instanceof Long)) {
      return Optional.empty();
    }
    long number = ((Number) value).longValue();
    return number < least || number > most
        ? Optional.empty()
        : literal(builder.makeExactLiteral(BigDecimal.valueOf(number), type));
  }

  private static Optional<RexLiteral> decimal(Object value, RelDataType type, RexBuilder builder) {
    if (!(value instanceof BigDecimal number)) {
      return Optional.empty();
    }
    BigDecimal plain = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    boolean fits =
        plain.scale() <= type.getScale()
            && plain.precision() - plain.scale() <= type.getPrecision() - type.getScale();
    return fits
        ? literal(builder.makeExactLiteral(plain.setScale(type.getScale()), type))
        : Optional.empty();
  }

  /** As DOUBLE, which holds every FLOAT. */
  private static Optional<RexLiteral> comparedWithFloat(Object value, RexBuilder builder) {
    Object number = value instanceof Float single ? single.doubleValue() : value;
    return approximate(number, builder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), builder);
  }

  /** A negative zero would lose its sign. */
  private static Optional<RexLiteral> approximate(
      Object value, RelDataType type, RexBuilder builder) {
    return value instanceof Double number && Double.isFinite(number) && !number.equals(-0.0)
        ? literal(builder.makeApproxLiteral(new BigDecimal(number.toString()), type))
        : Optional.empty();
  }

  private static Optional<RexLiteral> instant(Object value, RelDataType type, RexBuilder builder) {
    LocalDateTime utc;
    if (value instanceof Instant instant) {
      utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    } else if (value instanceof OffsetDateTime zoned) {
      utc = LocalDateTime.ofInstant(zoned.toInstant(), ZoneOffset.UTC);
    } else {
      return Optional.empty();
    }
    return fits(utc, type)
        ? literal(builder.makeTimestampWithLocalTimeZoneLiteral(text(utc), type.getPrecision()))
        : Optional.empty();
  }

  private static boolean fits(LocalDateTime value, RelDataType type) {
    return value.getYear() > 0
        && value.getYear() < 10_000
        && value.getNano() % NANOS[type.getPrecision()] == 0;
  }

  private static TimestampString text(LocalDateTime value) {
    return new TimestampString(
            value.getYear(),
            value.getMonthValue(),
            value.getDayOfMonth(),
            value.getHour(),
            value.getMinute(),
            value.getSecond())
        .withNanos(value.getNano());
  }

  private static Optional<RexLiteral> literal(RexNode node) {
    return node instanceof RexLiteral literal ? Optional.of(literal) : Optional.empty();
  }
}
