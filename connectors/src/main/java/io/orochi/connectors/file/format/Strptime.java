package io.orochi.connectors.file.format;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/** The strptime directives that a CSV sniffer finds, as Java's formatters. */
final class Strptime {
  private Strptime() {}

  static DateTimeFormatter formatter(String pattern) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c != '%' || i + 1 == pattern.length()) {
        builder.appendLiteral(c);
        continue;
      }
      i++;
      if (pattern.charAt(i) == '-' && i + 1 < pattern.length()) {
        i++;
      }
      append(builder, pattern.charAt(i));
    }
    return builder.toFormatter(Locale.ROOT);
  }

  private static void append(DateTimeFormatterBuilder builder, char directive) {
    switch (directive) {
      case 'Y' -> builder.appendPattern("uuuu");
      case 'y' -> builder.appendPattern("uu");
      case 'm' -> builder.appendPattern("[MM][M]");
      case 'd' -> builder.appendPattern("[dd][d]");
      case 'H' -> builder.appendPattern("[HH][H]");
      case 'I' -> builder.appendPattern("[hh][h]");
      case 'M' -> builder.appendPattern("mm");
      case 'S' -> builder.appendPattern("ss");
      case 'p' -> builder.appendPattern("a");
      case 'b' -> builder.appendPattern("MMM");
      case 'B' -> builder.appendPattern("MMMM");
      case 'f', 'g', 'n' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false);
      case 'z' -> builder.appendPattern("[XXX][XX][X]");
      default -> builder.appendLiteral(directive);
    }
  }

  static LocalDateTime dateTime(TemporalAccessor parsed, ZoneOffset zone) {
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return LocalDateTime.ofInstant(Instant.from(parsed), zone);
    }
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDateTime.of(LocalDate.from(parsed), time == null ? LocalTime.MIDNIGHT : time);
  }
}
