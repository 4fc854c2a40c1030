package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.sql.SqlText;
import io.orochi.table.layout.IntervalText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * {@code time_bucket} of the module {@code orochi}. The kernel's own agrees with it on fixed widths
 * and on months; a time zone only where a bucket cannot begin in an hour that its clock shows
 * twice, because the kernel takes the second of the two.
 */
final class TimeBuckets {
  private static final long DAY_MILLIS = 86_400_000L;
  private static final int LAST_YEAR_CHECKED = 2100;

  private TimeBuckets() {}

  static void addTo(Map<String, CallRule> rules) {
    rules.put("TIME_BUCKET", TimeBuckets::write);
  }

  private static String write(Call call) {
    Width width = width(call, 0).orElseThrow(() -> call.refusal("a computed width"));
    SqlTypeName time = call.type(1).getSqlTypeName();
    if (time == SqlTypeName.DATE && !width.isWholeDays()) {
      throw call.refusal("a width that is no whole number of days for a DATE");
    }
    if (call.size() == 3) {
      return call.typed(withOption(call, width, time));
    }
    boolean calendar = width.months() > 0 && time == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    return call.typed(
        calendar
            ? zoned(call, width, ZoneOffset.UTC)
            : "time_bucket(" + width.sql() + ", " + call.sql(1) + ")");
  }

  private static String withOption(Call call, Width width, SqlTypeName time) {
    boolean months = width.months() > 0;
    if (call.type(2).getSqlTypeName() == time && !months) {
      return "time_bucket(" + width.sql() + ", " + call.sql(1) + ", " + call.sql(2) + ")";
    }
    Optional<Width> offset = width(call, 2);
    if (offset.isPresent() && !months && offset.get().months() == 0) {
      return "time_bucket(" + width.sql() + ", " + call.sql(1) + ", " + offset.get().sql() + ")";
    }
    ZoneId zone =
        call.text(2)
            .filter(text -> time == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
            .flatMap(TimeBuckets::zone)
            .orElseThrow(() -> call.refusal("this third argument"));
    boolean fixed = zone.getRules().isFixedOffset();
    if (!fixed && (!width.isWholeDays() || showsMidnightTwice(zone.getRules()))) {
      throw call.refusal("a bucket that may begin in an hour the clock shows twice");
    }
    return zoned(call, width, zone);
  }

  private static String zoned(Call call, Width width, ZoneId zone) {
    String name = zone instanceof ZoneOffset ? "UTC" : zone.getId();
    if (zone instanceof ZoneOffset offset && offset.getTotalSeconds() != 0) {
      throw call.refusal("an offset as time zone");
    }
    return "time_bucket_zone("
        + width.sql()
        + ", "
        + call.sql(1)
        + ", "
        + SqlText.string(name)
        + ")";
  }

  private static Optional<ZoneId> zone(String name) {
    try {
      return Optional.of(ZoneId.of(name.strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean showsMidnightTwice(ZoneRules rules) {
    int lastYear = rules.getTransitions().isEmpty() ? 1970 : 1990;
    Stream<ZoneOffsetTransition> future =
        IntStream.rangeClosed(lastYear, LAST_YEAR_CHECKED)
            .boxed()
            .flatMap(year -> rules.getTransitionRules().stream().map(rule -> in(rule, year)));
    return Stream.concat(rules.getTransitions().stream(), future)
        .filter(ZoneOffsetTransition::isOverlap)
        .anyMatch(
            change ->
                !change
                        .getDateTimeBefore()
                        .toLocalDate()
                        .equals(change.getDateTimeAfter().toLocalDate())
                    || change.getDateTimeAfter().toLocalTime().equals(LocalTime.MIDNIGHT));
  }

  private static ZoneOffsetTransition in(ZoneOffsetTransitionRule rule, int year) {
    return rule.createTransition(year);
  }

  /** An interval literal, or a text literal that is an interval. */
  private static Optional<Width> width(Call call, int operand) {
    Optional<RexLiteral> literal = call.literal(operand);
    if (literal.isEmpty()) {
      return Optional.empty();
    }
    RelDataType type = literal.get().getType();
    if (Types.isMonthInterval(type)) {
      return positive(new Width(number(literal.get()), 0));
    }
    if (Types.isTimeInterval(type)) {
      return positive(new Width(0, number(literal.get())));
    }
    return call.text(operand)
        .filter(text -> !text.isBlank() && Character.isDigit(text.strip().charAt(0)))
        .map(IntervalText::parse)
        .map(interval -> new Width(interval.months(), interval.seconds() * 1_000))
        .flatMap(TimeBuckets::positive);
  }

  private static Optional<Width> positive(Width width) {
    return width.months() > 0 || width.millis() > 0 ? Optional.of(width) : Optional.empty();
  }

  private static long number(RexLiteral literal) {
    return literal.getValueAs(BigDecimal.class).longValueExact();
  }

  /** One of the parts is zero. */
  private record Width(long months, long millis) {
    boolean isWholeDays() {
      return months > 0 || millis % DAY_MILLIS == 0;
    }

    String sql() {
      return months > 0 ? Literals.months(months) : Literals.millis(millis);
    }
  }
}
