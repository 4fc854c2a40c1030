package io.orochi.gateway.plan.scan;

import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.IntervalText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Recognises what never falls while time grows: FLOOR and CEIL to a unit, time_bucket, the day and
 * the year of a time, and a time plus or minus a length.
 */
final class GrowingCalls {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MICROS_PER_MILLI = 1_000;
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int MICROS_PRECISION = 6;

  /** Where time_bucket counts from: months from January 2000, all else from Monday the 3rd. */
  private static final LocalDateTime MONTH_ORIGIN = LocalDateTime.of(2000, 1, 1, 0, 0);

  private static final long ORIGIN = LocalClock.micros(LocalDateTime.of(2000, 1, 3, 0, 0));

  private final LocalClock session;

  GrowingCalls(ZoneId timeZone) {
    this.session = new LocalClock(timeZone);
  }

  Optional<Step> step(RexCall call) {
    return switch (call.getKind()) {
      case FLOOR -> call.getOperands().size() == 2 ? floor(call) : Optional.empty();
      case CEIL -> call.getOperands().size() == 2 ? ceil(call) : Optional.empty();
      case CAST -> cast(call);
      case EXTRACT -> year(call);
      case PLUS, MINUS -> moved(call);
      default ->
          call.getOperator().getName().toLowerCase(Locale.ROOT).equals("time_bucket")
              ? bucket(call)
              : Optional.empty();
    };
  }

  /** The call that equals a start of {@code unit} while a formatted time equals its text. */
  Optional<Step> floorTo(RexNode time, CalendarUnit unit) {
    return isTimestamp(time.getType())
        ? Optional.of(onClock(time, local -> unit.ceiling(local), 0))
        : Optional.empty();
  }

  /** A local time as the microseconds of a time's type. */
  long moment(RexNode time, LocalDateTime local) {
    return clockOf(time).fromLocal(local);
  }

  private Optional<Step> floor(RexCall call) {
    RexNode time = call.getOperands().get(0);
    return CalendarUnit.of(call.getOperands().get(1))
        .flatMap(
            unit ->
                isDate(time)
                    ? Optional.of(new Step(time, day -> onDays(day, unit::ceiling), 0))
                    : floorTo(time, unit));
  }

  /** Flink rounds up what is left of the milliseconds; what is less than one is dropped first. */
  private Optional<Step> ceil(RexCall call) {
    RexNode time = call.getOperands().get(0);
    return CalendarUnit.of(call.getOperands().get(1))
        .flatMap(
            unit -> {
              if (isDate(time)) {
                return Optional.of(
                    new Step(
                        time,
                        day -> onDays(day, local -> unit.plus(unit.ceiling(local), -1).plusDays(1)),
                        0));
              }
              return isTimestamp(time.getType())
                  ? Optional.of(
                      onClock(
                          time,
                          local -> unit.plus(unit.ceiling(local), -1).plus(1, ChronoUnit.MILLIS),
                          0))
                  : Optional.empty();
            });
  }

  private Optional<Step> cast(RexCall call) {
    RexNode time = call.getOperands().get(0);
    SqlTypeName to = call.getType().getSqlTypeName();
    if (to == SqlTypeName.DATE && isTimestamp(time.getType())) {
      LocalClock clock = clockOf(time);
      return Optional.of(
          new Step(
              time,
              day -> clock.fromLocal(LocalDate.ofEpochDay(day).atStartOfDay()),
              clock.slackMicros()));
    }
    if (to == SqlTypeName.TIMESTAMP && isDate(time)) {
      return Optional.of(new Step(time, micros -> -Math.floorDiv(-micros, MICROS_PER_DAY), 0));
    }
    return isTimestamp(call.getType()) && isTimestamp(time.getType())
        ? castTimestamp(call, time, to)
        : Optional.empty();
  }

  private Optional<Step> castTimestamp(RexCall call, RexNode time, SqlTypeName to) {
    long cut =
        call.getType().getPrecision() >= Math.min(MICROS_PRECISION, time.getType().getPrecision())
            ? 0
            : (long) Math.pow(10, MICROS_PRECISION - call.getType().getPrecision());
    if (to == time.getType().getSqlTypeName()) {
      return Optional.of(new Step(time, micros -> micros, cut));
    }
    Step.Least least =
        to == SqlTypeName.TIMESTAMP
            ? micros -> session.fromLocal(LocalClock.NONE.toLocal(micros))
            : micros -> LocalClock.micros(session.toLocal(micros));
    return Optional.of(new Step(time, least, cut + session.slackMicros()));
  }

  private Optional<Step> year(RexCall call) {
    RexNode time = call.getOperands().get(1);
    if (!(call.getOperands().get(0) instanceof RexLiteral unit)
        || unit.getValue() != TimeUnitRange.YEAR) {
      return Optional.empty();
    }
    if (isDate(time)) {
      return Optional.of(new Step(time, year -> firstOf(year).toEpochDay(), 0));
    }
    LocalClock clock = clockOf(time);
    return isTimestamp(time.getType())
        ? Optional.of(
            new Step(
                time, year -> clock.fromLocal(firstOf(year).atStartOfDay()), clock.slackMicros()))
        : Optional.empty();
  }

  private static LocalDate firstOf(long year) {
    return LocalDate.of(Math.toIntExact(year), 1, 1);
  }

  private Optional<Step> moved(RexCall call) {
    if (call.getOperands().size() != 2
        || !(call.getOperands().get(1) instanceof RexLiteral interval)
        || interval.isNull()
        || !SqlTypeName.DAY_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    RexNode time = call.getOperands().get(0);
    long millis = interval.getValueAs(BigDecimal.class).longValue();
    long forward = call.getKind() == SqlKind.MINUS ? -millis : millis;
    if (isDate(time)) {
      return isDate(call) && millis % MILLIS_PER_DAY == 0
          ? Optional.of(new Step(time, day -> Math.subtractExact(day, forward / MILLIS_PER_DAY), 0))
          : Optional.empty();
    }
    return isTimestamp(time.getType()) && isTimestamp(call.getType())
        ? Optional.of(
            new Step(
                time,
                moment -> Math.subtractExact(moment, Math.multiplyExact(forward, MICROS_PER_MILLI)),
                clockOf(time).slackMicros() + MICROS_PER_MILLI))
        : Optional.empty();
  }

  private Optional<Step> bucket(RexCall call) {
    RexNode time = call.getOperands().get(1);
    Optional<IntervalWidth> width = IntervalWidth.of(call.getOperands().get(0));
    if (width.isEmpty() || !isTimestamp(time.getType())) {
      return Optional.empty();
    }
    long micros = width.get().micros();
    if (call.getOperands().size() > 2) {
      long most = micros > 0 ? micros : width.get().months() * 31 * MICROS_PER_DAY;
      return Optional.of(new Step(time, moment -> moment, most + 3 * MICROS_PER_DAY));
    }
    Step.Least least =
        micros > 0
            ? moment -> ORIGIN - Math.floorDiv(ORIGIN - moment, micros) * micros
            : moment -> LocalClock.micros(nextMonths(moment, width.get().months()));
    return Optional.of(new Step(time, least, 0));
  }

  private static LocalDateTime nextMonths(long moment, long width) {
    LocalDateTime month = CalendarUnit.MONTH.ceiling(LocalClock.NONE.toLocal(moment));
    long since = ChronoUnit.MONTHS.between(MONTH_ORIGIN, month);
    return MONTH_ORIGIN.plusMonths(-Math.floorDiv(-since, width) * width);
  }

  /** A positive length; one of the parts is zero. */
  private record IntervalWidth(long months, long micros) {
    static Optional<IntervalWidth> of(RexNode node) {
      if (!(node instanceof RexLiteral literal) || literal.isNull()) {
        return Optional.empty();
      }
      SqlTypeName type = literal.getType().getSqlTypeName();
      if (SqlTypeName.CHAR_TYPES.contains(type)) {
        return spelled(literal.getValueAs(String.class));
      }
      if (!SqlTypeName.INTERVAL_TYPES.contains(type)) {
        return Optional.empty();
      }
      long number = literal.getValueAs(BigDecimal.class).longValue();
      boolean months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(type);
      return number <= 0 || number > Integer.MAX_VALUE * 1_000L
          ? Optional.empty()
          : Optional.of(
              months
                  ? new IntervalWidth(number, 0)
                  : new IntervalWidth(0, number * MICROS_PER_MILLI));
    }

    private static Optional<IntervalWidth> spelled(String text) {
      try {
        IntervalText length = IntervalText.parse(text);
        return Optional.of(
            new IntervalWidth(length.months(), Math.multiplyExact(length.seconds(), 1_000_000L)));
      } catch (OrochiException | ArithmeticException notOne) {
        return Optional.empty();
      }
    }
  }

  @FunctionalInterface
  private interface OnLocal {
    LocalDateTime of(LocalDateTime local);
  }

  private Step onClock(RexNode time, OnLocal least, long slack) {
    LocalClock clock = clockOf(time);
    return new Step(
        time,
        micros -> clock.fromLocal(least.of(clock.toLocal(micros))),
        slack + clock.slackMicros());
  }

  private static long onDays(long day, OnLocal least) {
    return least.of(LocalDate.ofEpochDay(day).atStartOfDay()).toLocalDate().toEpochDay();
  }

  private LocalClock clockOf(RexNode time) {
    return time.getType().getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE
        ? session
        : LocalClock.NONE;
  }

  private static boolean isDate(RexNode node) {
    return node.getType().getSqlTypeName() == SqlTypeName.DATE;
  }

  private static boolean isTimestamp(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.TIMESTAMP
        || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
  }
}
