package io.orochi.catalog.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250 ms}, {@code 30 s}, {@code 5 min}, {@code PT1H}. */
final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})\\s*([a-z]*)");

  private Durations() {}

  /** A number without a unit is milliseconds, as in PostgreSQL. */
  static Duration parse(String text) {
    if (text.startsWith("P") || text.startsWith("p")) {
      try {
        return Duration.parse(text);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException("Not a duration: " + text, e);
      }
    }
    Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Not a duration: " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    return Duration.ofMillis(Math.multiplyExact(number, unitMillis(matcher.group(2))));
  }

  static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0 s";
    }
    String[] units = {"d", "h", "min", "s"};
    long[] sizes = {86_400_000, 3_600_000, 60_000, 1_000};
    for (int i = 0; i < units.length; i++) {
      if (millis % sizes[i] == 0) {
        return millis / sizes[i] + " " + units[i];
      }
    }
    return millis + " ms";
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "", "ms", "milli", "millis", "millisecond", "milliseconds" -> 1;
      case "s", "sec", "secs", "second", "seconds" -> 1_000;
      case "m", "min", "mins", "minute", "minutes" -> 60_000;
      case "h", "hour", "hours" -> 3_600_000;
      case "d", "day", "days" -> 86_400_000;
      default -> throw new IllegalArgumentException("Unknown unit of time: " + unit);
    };
  }
}
