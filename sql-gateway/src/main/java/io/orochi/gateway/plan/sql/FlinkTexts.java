package io.orochi.gateway.plan.sql;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.data.binary.BinaryStringDataUtil;

/** Literal texts converted while planning, by Flink's own parsers; empty if Flink would refuse. */
public final class FlinkTexts {
  private FlinkTexts() {}

  public static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(
          LocalDate.ofEpochDay(BinaryStringDataUtil.toDate(BinaryStringData.fromString(text))));
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  /**
   * @param precision digits of the second that are kept
   */
  public static Optional<LocalDateTime> timestamp(String text, int precision) {
    try {
      return Optional.of(
          BinaryStringDataUtil.toTimestamp(BinaryStringData.fromString(text), precision)
              .toLocalDateTime());
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }

  /** The instant of a local time in {@code zone}. */
  public static Optional<Instant> instant(String text, int precision, ZoneId zone) {
    try {
      return Optional.of(
          BinaryStringDataUtil.toTimestamp(
                  BinaryStringData.fromString(text), precision, TimeZone.getTimeZone(zone))
              .toInstant());
    } catch (DateTimeException notOne) {
      return Optional.empty();
    }
  }
}
