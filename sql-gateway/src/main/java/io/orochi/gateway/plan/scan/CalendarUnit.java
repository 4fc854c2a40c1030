package io.orochi.gateway.plan.scan;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** A unit that times are rounded to. */
enum CalendarUnit {
  YEAR,
  QUARTER,
  MONTH,
  DAY,
  HOUR,
  MINUTE,
  SECOND;

  private static final int MONTHS_OF_QUARTER = 3;

  /** Empty for anything but the literal name of such a unit. */
  static Optional<CalendarUnit> of(RexNode node) {
    if (!(node instanceof RexLiteral literal)
        || !(literal.getValue() instanceof TimeUnitRange range)) {
      return Optional.empty();
    }
    for (CalendarUnit unit : values()) {
      if (unit.name().equals(range.name())) {
        return Optional.of(unit);
      }
    }
    return Optional.empty();
  }

  LocalDateTime floor(LocalDateTime time) {
    LocalDate day = time.toLocalDate();
    return switch (this) {
      case YEAR -> day.withDayOfYear(1).atStartOfDay();
      case QUARTER -> {
        int first = day.getMonth().firstMonthOfQuarter().getValue();
        yield LocalDate.of(day.getYear(), first, 1).atStartOfDay();
      }
      case MONTH -> day.withDayOfMonth(1).atStartOfDay();
      case DAY -> day.atStartOfDay();
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case MINUTE -> time.truncatedTo(ChronoUnit.MINUTES);
      case SECOND -> time.truncatedTo(ChronoUnit.SECONDS);
    };
  }

  /** The first start of a unit that is not before the time. */
  LocalDateTime ceiling(LocalDateTime time) {
    LocalDateTime floor = floor(time);
    return floor.equals(time) ? time : plus(floor, 1);
  }

  LocalDateTime plus(LocalDateTime time, long units) {
    return switch (this) {
      case YEAR -> time.plusYears(units);
      case QUARTER -> time.plusMonths(units * MONTHS_OF_QUARTER);
      case MONTH -> time.plusMonths(units);
      case DAY -> time.plusDays(units);
      case HOUR -> time.plusHours(units);
      case MINUTE -> time.plusMinutes(units);
      case SECOND -> time.plusSeconds(units);
    };
  }
}
