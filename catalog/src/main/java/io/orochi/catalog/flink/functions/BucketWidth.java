package io.orochi.catalog.flink.functions;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.IntervalText;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** How long the buckets of {@code time_bucket} are, and where they begin. */
sealed interface BucketWidth {
  /**
   * The start of the bucket that holds {@code local}.
   *
   * @param local microseconds since 1970-01-01T00:00 on the clock that the buckets follow
   * @param origin where a bucket begins, on the same clock; null for the default
   */
  long floor(long local, Long origin);

  /** Whether a day never spans two buckets. */
  boolean isWholeDays();

  /** Reads INTERVAL DAY TO SECOND (milliseconds), INTERVAL YEAR TO MONTH (months) or text. */
  static BucketWidth of(Object width) {
    BucketWidth read;
    if (width instanceof Long millis) {
      read = new Fixed(Math.multiplyExact(millis, 1_000L));
    } else if (width instanceof Integer months) {
      read = new Months(months);
    } else {
      IntervalText text = IntervalText.parse(width.toString());
      read =
          text.months() > 0
              ? new Months(Math.toIntExact(text.months()))
              : new Fixed(Math.multiplyExact(text.seconds(), 1_000_000L));
    }
    return read;
  }

  private static OrochiException notPositive() {
    return OrochiException.of(
            OrochiErrorCode.INVALID_ARGUMENT, "Invalid width of time_bucket: it must be positive")
        .withHint("Write for example INTERVAL '5' MINUTE or '5 minutes'.");
  }

  /** Seconds, minutes, hours, days and weeks. The default origin is Monday 2000-01-03. */
  record Fixed(long micros) implements BucketWidth {
    private static final long ORIGIN = LocalDate.of(2000, 1, 3).toEpochDay() * 86_400L * 1_000_000L;
    private static final long DAY = 86_400L * 1_000_000L;

    public Fixed {
      if (micros <= 0) {
        throw notPositive();
      }
    }

    @Override
    public long floor(long local, Long origin) {
      long start = origin == null ? ORIGIN : origin;
      return start + Math.floorDiv(local - start, micros) * micros;
    }

    @Override
    public boolean isWholeDays() {
      return micros % DAY == 0;
    }
  }

  /** Months and years. Of an origin only its month counts; the default is January 2000. */
  record Months(int months) implements BucketWidth {
    private static final long ORIGIN = 2000 * 12L;

    public Months {
      if (months <= 0) {
        throw notPositive();
      }
    }

    @Override
    public long floor(long local, Long origin) {
      long start = origin == null ? ORIGIN : month(origin);
      long month = start + Math.floorDiv(month(local) - start, (long) months) * months;
      LocalDate first =
          LocalDate.of(
              Math.toIntExact(Math.floorDiv(month, 12L)), (int) Math.floorMod(month, 12L) + 1, 1);
      return first.toEpochDay() * 86_400L * 1_000_000L;
    }

    @Override
    public boolean isWholeDays() {
      return true;
    }

    private static long month(long micros) {
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), 0, ZoneOffset.UTC);
      return time.getYear() * 12L + time.getMonthValue() - 1;
    }
  }
}
