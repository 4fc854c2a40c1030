package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rel.window.WindowTime;
import io.orochi.gateway.plan.rex.value.Literals;
import io.orochi.gateway.plan.rex.value.Types;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Dates, timestamps and intervals. */
final class Times {
  private static final long MILLIS_PER_DAY = 86_400_000;

  private Times() {}

  static void addTo(Map<String, Call.Rule> rules) {
    for (String now : new String[] {"NOW", "CURRENT_TIMESTAMP", "CURRENT_ROW_TIMESTAMP"}) {
      rules.put(now, call -> Literals.instant(millis(call)));
    }
    rules.put(
        "LOCALTIMESTAMP",
        call ->
            Literals.localTimestamp(
                millis(call).atZone(call.context().timeZone()).toLocalDateTime(), call.type()));
    rules.put(
        "CURRENT_DATE",
        call ->
            Literals.date(call.context().now().atZone(call.context().timeZone()).toLocalDate()));
    rules.put("EXTRACT", Times::extract);
    rules.put("FLOOR", call -> call.size() == 2 ? floor(call) : Numbers.round(call, "floor"));
    rules.put("CEIL", call -> call.size() == 2 ? ceil(call) : Numbers.round(call, "ceil"));
    rules.put("REINTERPRET", Times::difference);
    rules.put("TO_TIMESTAMP_LTZ", Times::fromEpoch);
    rules.put("DATE_FORMAT", DateFormats::write);
    for (String window : new String[] {"TUMBLE", "HOP", "SESSION"}) {
      rules.put(window + "_START", call -> WindowTime.local(bound(call, "s")));
      rules.put(window + "_END", call -> WindowTime.local(bound(call, "e")));
      rules.put(
          window + "_ROWTIME",
          call -> WindowTime.of(call.type(), call.context().timeZone()).last(bound(call, "e")));
    }
  }

  /** A group's window is a pair of microseconds. */
  private static String bound(Call call, String field) {
    return "struct_extract(" + call.sql(0) + ", '" + field + "')";
  }

  private static Instant millis(Call call) {
    return call.context().now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Seconds or milliseconds since 1970. */
  private static String fromEpoch(Call call) {
    int precision = call.size() == 2 ? call.wholeNumber(1).orElse(-1) : -1;
    if (!Types.isInteger(call.type(0)) || precision != 0 && precision != 3) {
      throw call.refusal("an instant from anything but whole seconds or milliseconds");
    }
    String micros = precision == 0 ? "1000000" : "1000";
    return "make_timestamptz(CAST(" + call.sql(0) + " AS BIGINT) * " + micros + ")";
  }

  /** Interval · number. */
  static String multiply(Call call) {
    int interval = Types.isInterval(call.type(0)) ? 0 : 1;
    int factor = 1 - interval;
    if (!Types.isInterval(call.type(interval)) || !Types.isInteger(call.type(factor))) {
      throw call.refusal("this product");
    }
    return "(" + call.sql(interval) + " * " + call.sql(factor) + ")";
  }

  /** A date or timestamp plus or minus an interval, or two intervals. */
  static String add(Call call, String operator) {
    int time = Types.isTemporal(call.type(0)) ? 0 : 1;
    int interval = Types.isInterval(call.type(1 - time)) ? 1 - time : -1;
    if (Types.isInterval(call.type(0)) && Types.isInterval(call.type(1))) {
      return "(" + call.sql(0) + " " + operator + " " + call.sql(1) + ")";
    }
    if (interval < 0 || !Types.isTemporal(call.type(time))) {
      throw call.refusal("this sum");
    }
    RelDataType moved = call.type(time);
    boolean months = Types.isMonthInterval(call.type(interval));
    if (Types.isZonedTimestamp(moved) && months && !call.context().isUtc()) {
      throw call.refusal("months of a TIMESTAMP_LTZ outside UTC");
    }
    if (Types.isDate(moved) && !months && !wholeDays(call.node(interval))) {
      throw call.refusal("part of a day added to a DATE");
    }
    if (Types.hasNanos(moved)) {
      throw call.refusal("an interval added to nanoseconds");
    }
    String sum = call.sql(time) + " " + operator + " " + call.sql(interval);
    if (Types.isDate(moved) || !Types.sameInKernel(moved, call.type())) {
      return call.typed(sum);
    }
    return "(" + sum + ")";
  }

  private static boolean wholeDays(RexNode interval) {
    if (interval.getKind() == SqlKind.TIMES) {
      return ((RexCall) interval).getOperands().stream().anyMatch(Times::wholeDays);
    }
    return interval instanceof org.apache.calcite.rex.RexLiteral literal
        && !literal.isNull()
        && literal.getValueAs(BigDecimal.class).longValue() % MILLIS_PER_DAY == 0
        && Types.isTimeInterval(literal.getType());
  }

  /** The milliseconds or months between two points in time: what TIMESTAMPDIFF becomes. */
  private static String difference(Call call) {
    if (!(call.node(0) instanceof RexCall minus)
        || minus.getKind() != SqlKind.MINUS
        || !Types.isInterval(minus.getType())) {
      throw call.refusal("a reinterpreted value");
    }
    RexNode left = minus.getOperands().get(0);
    RexNode right = minus.getOperands().get(1);
    boolean alike =
        Types.sameInKernel(left.getType(), right.getType())
            || Types.isLocalTimestamp(left.getType()) && Types.isLocalTimestamp(right.getType());
    if (!Types.isTemporal(left.getType()) || !alike) {
      throw call.refusal("a difference of " + left.getType() + " and " + right.getType());
    }
    String a = call.micros(left);
    String b = call.micros(right);
    if (Types.isMonthInterval(minus.getType())) {
      if (Types.isZonedTimestamp(left.getType()) && !call.context().isUtc()) {
        throw call.refusal("months between TIMESTAMP_LTZ outside UTC");
      }
      return call.typed(Types.isDate(left.getType()) ? months(a, b) : wholeMonths(a, b));
    }
    return Types.isDate(left.getType())
        ? call.typed("(" + a + " - " + b + ") * " + MILLIS_PER_DAY)
        : call.typed(epochMillis(a) + " - " + epochMillis(b));
  }

  /** The kernel's own function rounds, Flink cuts off. */
  private static String epochMillis(String time) {
    return "((epoch_us(%1$s) - (epoch_us(%1$s) %% 1000 + 1000) %% 1000) // 1000)".formatted(time);
  }

  private static String months(String to, String from) {
    return "datesub('month', CAST(" + from + " AS DATE), CAST(" + to + " AS DATE))";
  }

  /**
   * The months between the days, one less if they end on the day itself but earlier in it: Flink
   * counts so backwards too, where that is one month more.
   */
  private static String wholeMonths(String to, String from) {
    String months = months(to, from);
    return ("%1$s - CASE WHEN CAST(%3$s AS DATE) + to_months(CAST(%1$s AS INTEGER))"
            + " = CAST(%2$s AS DATE) AND %4$s < %5$s THEN 1 ELSE 0 END")
        .formatted(months, to, from, millisOfDay(to), millisOfDay(from));
  }

  private static String millisOfDay(String time) {
    return "(%1$s %% %2$d + %2$d) %% %2$d".formatted(epochMillis(time), MILLIS_PER_DAY);
  }

  private static String extract(Call call) {
    RelDataType from = call.type(1);
    if (!Types.isTemporal(from)) {
      throw call.refusal("a part of " + from);
    }
    TimeUnitRange unit = call.unit(0);
    String part =
        switch (unit) {
          case YEAR, QUARTER, MONTH, DAY, HOUR, MINUTE, SECOND, WEEK -> unit.name();
          case DOY -> "DOY";
          case DOW -> "DOW";
          default -> throw call.refusal("the part " + unit);
        };
    boolean clock =
        unit == TimeUnitRange.HOUR || unit == TimeUnitRange.MINUTE || unit == TimeUnitRange.SECOND;
    if (clock && Types.isDate(from)) {
      throw call.refusal("the clock of a DATE");
    }
    String value = "extract(" + part + " FROM " + call.micros(1) + ")";
    return call.typed(unit == TimeUnitRange.DOW ? value + " + 1" : value);
  }

  private static String floor(Call call) {
    return floorTo(call, unit(call));
  }

  private static String floorTo(Call call, String unit) {
    requireTimestamp(call);
    String floor = "date_trunc('" + unit + "', " + call.micros(0) + ")";
    return isTimestampInKernel(call) ? floor : call.typed(floor);
  }

  private static String ceil(Call call) {
    String unit = unit(call);
    String floor = floorTo(call, unit);
    String next = "(" + floor + " + INTERVAL 1 " + unit + ")";
    return "CASE WHEN "
        + floor
        + " = "
        + millis(call.micros(0), call.type(0))
        + " THEN "
        + floor
        + " ELSE "
        + (isTimestampInKernel(call) ? next : call.typed(next))
        + " END";
  }

  /** What the kernel's functions of times give. */
  private static boolean isTimestampInKernel(Call call) {
    return Types.isTimestamp(call.type(0)) && !Types.hasNanos(call.type(0));
  }

  /** Flink looks at milliseconds only. */
  private static String millis(String time, RelDataType type) {
    return Types.isDate(type) ? time : "date_trunc('milliseconds', " + time + ")";
  }

  private static void requireTimestamp(Call call) {
    if (!Types.isTemporal(call.type(0))) {
      throw call.refusal("rounding of " + call.type(0));
    }
    if (Types.isZonedTimestamp(call.type(0)) && !call.context().hasFixedOffset()) {
      throw call.refusal("rounding where clocks change");
    }
  }

  private static String unit(Call call) {
    TimeUnitRange unit = call.unit(1);
    return switch (unit) {
      case YEAR, QUARTER, MONTH, DAY, HOUR, MINUTE, SECOND -> unit.name();
      default -> throw call.refusal("rounding to " + unit);
    };
  }
}
