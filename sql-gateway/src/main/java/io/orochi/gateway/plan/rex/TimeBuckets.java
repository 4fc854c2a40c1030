package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Literals;
import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.SqlText;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.IntervalText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;

/**
 * {@code time_bucket} of the module {@code orochi}, by the kernel's function of that name: both
 * count from Monday 2000-01-03, or from January 2000 for months, in UTC.
 */
final class TimeBuckets {
  private static final long MILLIS_PER_DAY = 86_400_000;

  private TimeBuckets() {}

  /** A length of time; one of the parts is zero. */
  private record Length(long months, long millis) {
    String sql() {
      return months != 0 ? Literals.months(months) : Literals.millis(millis);
    }

    boolean isWholeDays() {
      return millis % MILLIS_PER_DAY == 0;
    }
  }

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("TIME_BUCKET", TimeBuckets::write);
  }

  private static String write(Call call) {
    Length width = length(call, 0).orElseThrow(() -> call.refusal("a computed width"));
    if (width.months() <= 0 && width.millis() <= 0) {
      throw call.refusal("a width that is not positive");
    }
    if (call.size() == 3) {
      if (Types.hasNanos(call.type(1))) {
        throw call.refusal("an origin, offset or zone of nanoseconds");
      }
      return withOption(call, width);
    }
    RelDataType time = call.type(1);
    if (Types.hasNanos(time)) {
      return call.typed(bucket(width, call.micros(1)));
    }
    if (Types.isDate(time)) {
      if (!width.isWholeDays()) {
        throw call.refusal("a width that is not of whole days");
      }
      return call.typed(bucket(width, "CAST(" + call.sql(1) + " AS TIMESTAMP)"));
    }
    // the kernel would count months on the clock of the session
    boolean months = width.months() > 0 && Types.isZonedTimestamp(time);
    return months
        ? "timezone('UTC', " + bucket(width, "timezone('UTC', " + call.sql(1) + ")") + ")"
        : bucket(width, call.sql(1));
  }

  private static String bucket(Length width, String time) {
    return "time_bucket(" + width.sql() + ", " + time + ")";
  }

  private static String withOption(Call call, Length width) {
    Optional<Length> offset = length(call, 2);
    boolean origin = Types.isTimestamp(call.type(2));
    if (!origin && offset.isEmpty()) {
      return zoned(call, width);
    }
    if (width.months() > 0 || offset.isPresent() && offset.get().months() > 0) {
      throw call.refusal("months with an origin or offset");
    }
    String third = origin ? call.sql(2) : offset.get().sql();
    return "time_bucket(" + width.sql() + ", " + call.sql(1) + ", " + third + ")";
  }

  /**
   * On the clock of a zone. A bucket's start that the clock shows twice is the one on the same side
   * of the change as the time: it is as far back as the clock says.
   */
  private static String zoned(Call call, Length width) {
    String zone =
        call.text(2)
            .filter(TimeBuckets::isZone)
            .map(SqlText::string)
            .orElseThrow(() -> call.refusal("a computed time zone"));
    String time = call.sql(1);
    String local = "timezone(" + zone + ", " + time + ")";
    String start = bucket(width, local);
    String back =
        "make_timestamptz(epoch_us("
            + time
            + ") - (epoch_us("
            + local
            + ") - epoch_us("
            + start
            + ")))";
    return "CASE WHEN timezone("
        + zone
        + ", "
        + back
        + ") = "
        + start
        + " THEN "
        + back
        + " ELSE timezone("
        + zone
        + ", "
        + start
        + ") END";
  }

  /** A name of the time zone database; offsets are spelt differently in the kernel. */
  private static boolean isZone(String name) {
    try {
      return ZoneId.getAvailableZoneIds().contains(ZoneId.of(name).getId());
    } catch (DateTimeException notOne) {
      return false;
    }
  }

  /** A literal interval, or a literal text that spells one. */
  private static Optional<Length> length(Call call, int operand) {
    Optional<RexLiteral> interval =
        call.literal(operand).filter(literal -> Types.isInterval(literal.getType()));
    if (interval.isPresent()) {
      long number = interval.get().getValueAs(BigDecimal.class).longValueExact();
      return Optional.of(
          Types.isMonthInterval(interval.get().getType())
              ? new Length(number, 0)
              : new Length(0, number));
    }
    return call.text(operand).filter(text -> !isZone(text)).map(text -> spelled(call, text));
  }

  private static Length spelled(Call call, String text) {
    try {
      IntervalText length = IntervalText.parse(text);
      return new Length(length.months(), length.seconds() * 1_000);
    } catch (OrochiException notOne) {
      throw call.refusal("the width or offset '" + text + "'");
    }
  }
}
