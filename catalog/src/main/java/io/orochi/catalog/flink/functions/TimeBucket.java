package io.orochi.catalog.flink.functions;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** The arithmetic of {@code time_bucket}, in microseconds since 1970-01-01T00:00. */
final class TimeBucket {
  private TimeBucket() {}

  /** Buckets begin at multiples of the width from an origin; null for the default origin. */
  static long from(BucketWidth width, long time, Long origin) {
    return width.floor(time, origin);
  }

  /** Buckets begin an offset later than they would. */
  static long shifted(BucketWidth width, long time, Shift offset) {
    return offset.add(width.floor(offset.subtract(time), null));
  }

  /**
   * Buckets follow the clock of a time zone, so that a day has 23 hours when summer begins. Where a
   * bucket's start is skipped by the clock, it is the first moment after the gap. Where it occurs
   * twice, days and months begin the first time; shorter buckets begin on the same side of the
   * change as {@code time}, so that the hour that comes twice is two buckets.
   */
  static long zoned(BucketWidth width, long time, ZoneId zone) {
    ZonedDateTime there = instant(time).atZone(zone);
    long local = Math.addExact(time, there.getOffset().getTotalSeconds() * 1_000_000L);
    LocalDateTime start =
        LocalDateTime.ofInstant(instant(width.floor(local, null)), ZoneOffset.UTC);
    ZoneOffset preferred = width.isWholeDays() ? null : there.getOffset();
    return micros(ZonedDateTime.ofLocal(start, zone, preferred).toInstant());
  }

  /**
   * @throws OrochiException INVALID_ARGUMENT
   */
  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.strip());
    } catch (DateTimeException e) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Invalid time zone of time_bucket: '" + name + "'")
          .withHint("Write a name such as 'Europe/Berlin' or an offset such as '+02:00'.")
          .causedBy(e);
    }
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  /** A length of time to move by; one of the parts is zero. */
  record Shift(int months, long micros) {
    long add(long time) {
      return moved(time, 1);
    }

    long subtract(long time) {
      return moved(time, -1);
    }

    private long moved(long time, int sign) {
      if (months == 0) {
        return time + sign * micros;
      }
      LocalDateTime local = LocalDateTime.ofInstant(instant(time), ZoneOffset.UTC);
      return TimeBucket.micros(local.plusMonths((long) sign * months).toInstant(ZoneOffset.UTC));
    }
  }
}
