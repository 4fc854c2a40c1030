package io.orochi.gateway.plan.scan;

import io.orochi.gateway.plan.sql.FlinkTexts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Constant expressions as values of a column's Iceberg type. */
final class Constants {
  private final ZoneId timeZone;
  private final Instant now;

  Constants(ZoneId timeZone, Instant now) {
    this.timeZone = timeZone;
    this.now = now;
  }

  /** Empty if the constant is NULL, cannot be computed here or is no value of the type. */
  Optional<Object> value(RexNode constant, Type type) {
    return switch (type.typeId()) {
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? instant(constant)
                  .or(() -> local(constant).flatMap(this::inSession))
                  .flatMap(Constants::micros)
              : local(constant).flatMap(value -> micros(value.toInstant(ZoneOffset.UTC)));
      case DATE -> date(constant).map(value -> (Object) (int) value.toEpochDay());
      default ->
          constant instanceof RexLiteral literal && !literal.isNull()
              ? plain(literal, type)
              : Optional.empty();
    };
  }

  private static Optional<Object> plain(RexLiteral literal, Type type) {
    SqlTypeName from = literal.getType().getSqlTypeName();
    if (type.typeId() == Type.TypeID.STRING) {
      return SqlTypeName.CHAR_TYPES.contains(from)
          ? Optional.of(literal.getValueAs(String.class))
          : Optional.empty();
    }
    if (type.typeId() == Type.TypeID.BOOLEAN) {
      return from == SqlTypeName.BOOLEAN ? Optional.of(literal.isAlwaysTrue()) : Optional.empty();
    }
    return SqlTypeName.NUMERIC_TYPES.contains(from)
        ? number(literal.getValueAs(BigDecimal.class), type)
        : Optional.empty();
  }

  private static Optional<Object> number(BigDecimal value, Type type) {
    try {
      return switch (type.typeId()) {
        case INTEGER -> Optional.of(value.intValueExact());
        case LONG -> Optional.of(value.longValueExact());
        case DOUBLE -> Optional.of(value.doubleValue());
        case DECIMAL ->
            Optional.of(
                value.setScale(((Types.DecimalType) type).scale(), RoundingMode.UNNECESSARY));
        default -> Optional.empty();
      };
    } catch (ArithmeticException notThatType) {
      return Optional.empty();
    }
  }

  /** Empty for a part of a microsecond. Java's own difference fails beyond the year 2262. */
  private static Optional<Object> micros(Instant value) {
    return value.getNano() % 1_000 == 0
        ? Optional.of(value.getEpochSecond() * 1_000_000 + value.getNano() / 1_000)
        : Optional.empty();
  }

  private Optional<LocalDate> date(RexNode node) {
    if (node instanceof RexLiteral literal
        && !literal.isNull()
        && literal.getType().getSqlTypeName() == SqlTypeName.DATE) {
      return Optional.of(LocalDate.parse(literal.getValueAs(DateString.class).toString()));
    }
    if (node instanceof RexCall cast && cast.getKind() == SqlKind.CAST) {
      return text(cast.getOperands().get(0)).flatMap(FlinkTexts::date);
    }
    if (node instanceof RexCall call && name(call).equals("CURRENT_DATE")) {
      return Optional.of(now.atZone(timeZone).toLocalDate());
    }
    return Optional.empty();
  }

  private Optional<Instant> instant(RexNode node) {
    if (node instanceof RexLiteral) {
      return zonedLiteral((RexLiteral) node);
    }
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (name(call)) {
      case "NOW", "CURRENT_TIMESTAMP", "CURRENT_ROW_TIMESTAMP" ->
          Optional.of(now.truncatedTo(ChronoUnit.MILLIS));
      case "+", "-" -> moved(call, instant(call.getOperands().get(0)));
      case "CAST" -> castToInstant(call);
      case "TO_TIMESTAMP_LTZ" -> fromEpoch(call);
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> fromEpoch(RexCall call) {
    if (call.getOperands().size() != 2
        || !(call.getOperands().get(1) instanceof RexLiteral precision)
        || precision.isNull()) {
      return Optional.empty();
    }
    RexNode value = call.getOperands().get(0);
    while (value.getKind() == SqlKind.CAST) {
      value = ((RexCall) value).getOperands().get(0);
    }
    if (!(value instanceof RexLiteral literal)
        || literal.isNull()
        || !SqlTypeName.INT_TYPES.contains(literal.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    long number = literal.getValueAs(BigDecimal.class).longValue();
    return switch (precision.getValueAs(Integer.class)) {
      case 0 -> Optional.of(Instant.ofEpochSecond(number));
      case 3 -> Optional.of(Instant.ofEpochMilli(number));
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> zonedLiteral(RexLiteral literal) {
    return !literal.isNull()
            && literal.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
        ? Optional.of(spelled(literal).toInstant(ZoneOffset.UTC))
        : Optional.empty();
  }

  private Optional<Instant> castToInstant(RexCall call) {
    RexNode from = call.getOperands().get(0);
    Optional<String> text = text(from);
    if (text.isPresent()) {
      return FlinkTexts.instant(text.get(), call.getType().getPrecision(), timeZone);
    }
    if (from.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE) {
      return call.getType().getPrecision() >= from.getType().getPrecision()
          ? instant(from)
          : Optional.empty();
    }
    return local(from).flatMap(this::inSession);
  }

  /** Empty for a local time that the clock skips or shows twice. */
  private Optional<Instant> inSession(LocalDateTime local) {
    return timeZone.getRules().getValidOffsets(local).size() == 1
        ? Optional.of(local.atZone(timeZone).toInstant())
        : Optional.empty();
  }

  private Optional<LocalDateTime> local(RexNode node) {
    if (node instanceof RexLiteral literal) {
      return literal.isNull() ? Optional.empty() : localLiteral(literal);
    }
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (name(call)) {
      case "LOCALTIMESTAMP" ->
          Optional.of(now.truncatedTo(ChronoUnit.MILLIS).atZone(timeZone).toLocalDateTime());
      case "+", "-" ->
          moved(call, local(call.getOperands().get(0)).map(t -> t.toInstant(ZoneOffset.UTC)))
              .map(t -> LocalDateTime.ofInstant(t, ZoneOffset.UTC));
      case "CAST" -> castToLocal(call);
      default -> Optional.empty();
    };
  }

  private Optional<LocalDateTime> castToLocal(RexCall call) {
    RexNode from = call.getOperands().get(0);
    Optional<String> text = text(from);
    if (text.isPresent()) {
      return FlinkTexts.timestamp(text.get(), call.getType().getPrecision());
    }
    return switch (from.getType().getSqlTypeName()) {
      case DATE -> date(from).map(LocalDate::atStartOfDay);
      case TIMESTAMP ->
          call.getType().getPrecision() >= from.getType().getPrecision()
              ? local(from)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<LocalDateTime> localLiteral(RexLiteral literal) {
    return literal.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP
        ? Optional.of(spelled(literal))
        : Optional.empty();
  }

  private static LocalDateTime spelled(RexLiteral literal) {
    String text = literal.getValueAs(TimestampString.class).toString();
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  /** Time intervals only: they are the same length everywhere. */
  private static Optional<Instant> moved(RexCall call, Optional<Instant> from) {
    if (call.getOperands().size() != 2
        || !(call.getOperands().get(1) instanceof RexLiteral interval)
        || interval.isNull()
        || !SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    long millis = interval.getValueAs(BigDecimal.class).longValue();
    boolean back = call.getKind() == SqlKind.MINUS;
    return from.map(instant -> instant.plusMillis(back ? -millis : millis));
  }

  private static Optional<String> text(RexNode node) {
    return node instanceof RexLiteral literal
            && !literal.isNull()
            && SqlTypeName.CHAR_TYPES.contains(literal.getType().getSqlTypeName())
        ? Optional.of(literal.getValueAs(String.class))
        : Optional.empty();
  }

  private static String name(RexCall call) {
    return call.getOperator().getName().toUpperCase(Locale.ROOT);
  }
}
