package io.orochi.gateway.plan.function;

import io.orochi.gateway.plan.sql.FlinkTexts;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Dates and times read from text, spelt as the kernel reads them. What follows the mode TRY may be
 * NULL, a text that CAST cannot read is a failure.
 */
final class Dates {
  private static final String TRY = "try";
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");
  private static final int LAST_YEAR = 9999;

  private Dates() {}

  /** Of {@code mode}. */
  static String date(String text, String mode) {
    return orFail(
        FlinkTexts.date(text).map(day -> within(day.atStartOfDay()).toLocalDate().toString()),
        mode);
  }

  /** Of {@code mode:precision}. */
  static String timestamp(String text, String rest) {
    Packed packed = Packed.numbered(rest);
    return orFail(
        FlinkTexts.timestamp(text, Integer.parseInt(packed.second()))
            .map(time -> MICROS.format(within(time))),
        packed.first());
  }

  /** Of {@code mode:precision:zone}. */
  static String instant(String text, String rest) {
    Packed mode = Packed.numbered(rest);
    Packed zoned = Packed.numbered(mode.second());
    return orFail(
        FlinkTexts.instant(text, Integer.parseInt(zoned.first()), ZoneId.of(zoned.second()))
            .map(
                instant ->
                    MICROS.format(within(instant.atOffset(ZoneOffset.UTC).toLocalDateTime()))
                        + "+00"),
        mode.first());
  }

  private static LocalDateTime within(LocalDateTime time) {
    if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
      throw new DateTimeException("a year of other than four digits");
    }
    return time;
  }

  private static String orFail(Optional<String> value, String mode) {
    if (value.isEmpty() && !mode.equals(TRY)) {
      throw new DateTimeException("no date or time");
    }
    return value.orElse(null);
  }
}
