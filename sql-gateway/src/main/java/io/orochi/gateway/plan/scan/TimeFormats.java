package io.orochi.gateway.plan.scan;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Map;
import java.util.Optional;

/** Patterns of DATE_FORMAT that show a time down to a unit and nothing below it. */
record TimeFormats(CalendarUnit unit, DateTimeFormatter format) {
  private static final Map<String, CalendarUnit> UNITS =
      Map.of(
          "yyyy", CalendarUnit.YEAR,
          "yyyy-MM", CalendarUnit.MONTH,
          "yyyyMM", CalendarUnit.MONTH,
          "yyyy-MM-dd", CalendarUnit.DAY,
          "yyyyMMdd", CalendarUnit.DAY,
          "yyyy-MM-dd HH", CalendarUnit.HOUR,
          "yyyyMMddHH", CalendarUnit.HOUR,
          "yyyy-MM-dd HH:mm", CalendarUnit.MINUTE,
          "yyyy-MM-dd HH:mm:ss", CalendarUnit.SECOND);

  static Optional<TimeFormats> of(String pattern) {
    CalendarUnit unit = UNITS.get(pattern);
    if (unit == null) {
      return Optional.empty();
    }
    // spelt without separators, 'yyyy' would take every digit
    DateTimeFormatterBuilder format = new DateTimeFormatterBuilder();
    format.appendValue(ChronoField.YEAR, 4);
    format.appendPattern(pattern.substring(4));
    for (ChronoField field :
        new ChronoField[] {
          ChronoField.MONTH_OF_YEAR,
          ChronoField.DAY_OF_MONTH,
          ChronoField.HOUR_OF_DAY,
          ChronoField.MINUTE_OF_HOUR,
          ChronoField.SECOND_OF_MINUTE
        }) {
      format.parseDefaulting(field, field.range().getMinimum());
    }
    return Optional.of(
        new TimeFormats(unit, format.toFormatter().withResolverStyle(ResolverStyle.STRICT)));
  }

  /** Empty if no time is shown as this text. */
  Optional<LocalDateTime> start(String text) {
    try {
      LocalDateTime start = LocalDateTime.parse(text, format);
      return text.equals(format.format(start)) ? Optional.of(start) : Optional.empty();
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }
}
