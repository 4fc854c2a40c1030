package io.orochi.table.layout;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A positive length of time as users write it: {@code '90 s'}, {@code '5 minutes'}, {@code '7 d'},
 * {@code '2 weeks'}, {@code '1 month'}, {@code INTERVAL '1' DAY}, {@code PT6H}, {@code P1M}. Months
 * have no fixed number of seconds, so one of the two parts is always zero.
 */
public record IntervalText(long months, long seconds) {
  private static final Pattern WORDS =
      Pattern.compile(
          "(?:INTERVAL\\s+)?'?\\s*(\\d{1,9})\\s*'?\\s*([A-Za-z]+)\\s*'?", Pattern.CASE_INSENSITIVE);

  private static final Map<String, IntervalText> UNITS =
      Map.ofEntries(
          Map.entry("s", new IntervalText(0, 1)),
          Map.entry("sec", new IntervalText(0, 1)),
          Map.entry("second", new IntervalText(0, 1)),
          Map.entry("min", new IntervalText(0, 60)),
          Map.entry("minute", new IntervalText(0, 60)),
          Map.entry("h", new IntervalText(0, 3_600)),
          Map.entry("hour", new IntervalText(0, 3_600)),
          Map.entry("d", new IntervalText(0, 86_400)),
          Map.entry("day", new IntervalText(0, 86_400)),
          Map.entry("w", new IntervalText(0, 604_800)),
          Map.entry("week", new IntervalText(0, 604_800)),
          Map.entry("mon", new IntervalText(1, 0)),
          Map.entry("month", new IntervalText(1, 0)),
          Map.entry("y", new IntervalText(12, 0)),
          Map.entry("year", new IntervalText(12, 0)));

  /**
   * @throws OrochiException INVALID_OPTION_VALUE if the text is not an interval or not positive
   */
  public static IntervalText parse(String text) {
    return tryParse(text)
        .filter(interval -> interval.months > 0 || interval.seconds > 0)
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid interval: " + text)
                    .withDetail("An interval is a positive number and a unit.")
                    .withHint("Write for example '5 minutes', '7 d', '1 month' or 'P1D'."));
  }

  /** Empty if the text is not an interval; the result may be zero. */
  static Optional<IntervalText> tryParse(String text) {
    String trimmed = text.strip();
    Matcher words = WORDS.matcher(trimmed);
    if (words.matches()) {
      return unit(words.group(2)).map(unit -> unit.times(Long.parseLong(words.group(1))));
    }
    return iso(trimmed.toUpperCase(Locale.ROOT));
  }

  private static Optional<IntervalText> unit(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    IntervalText unit = UNITS.get(name);
    if (unit == null && name.length() > 2 && name.endsWith("s")) {
      unit = UNITS.get(name.substring(0, name.length() - 1));
    }
    return Optional.ofNullable(unit);
  }

  private static Optional<IntervalText> iso(String text) {
    try {
      if (text.startsWith("P") && !text.contains("T") && !text.contains(".")) {
        Period period = Period.parse(text);
        long months = period.toTotalMonths();
        return months == 0 || period.getDays() == 0
            ? Optional.of(new IntervalText(months, period.getDays() * 86_400L))
            : Optional.empty();
      }
      Duration duration = Duration.parse(text);
      return duration.getNano() == 0
          ? Optional.of(new IntervalText(0, duration.getSeconds()))
          : Optional.empty();
    } catch (DateTimeParseException | ArithmeticException notIso) {
      return Optional.empty();
    }
  }

  private IntervalText times(long count) {
    return new IntervalText(months * count, seconds * count);
  }
}
