package io.orochi.catalog.flink.functions;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.ZoneId;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.flink.table.catalog.DataTypeFactory;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.ScalarFunction;
import org.apache.flink.table.types.inference.TypeInference;

/**
 * {@code time_bucket(width, time [, timezone | origin | offset])}. Any NULL makes it NULL. See
 * {@link TimeBucketTypes} for the types, {@link TimeBucket} for the arithmetic.
 */
public final class TimeBucketFunction extends ScalarFunction {
  private static final long serialVersionUID = 1L;
  private static final long MICROS_PER_DAY = 86_400L * 1_000_000L;
  private static final Pattern INTERVAL = Pattern.compile("\\s*(\\d.*|P[\\dT].*|INTERVAL.*)");

  private transient Object widthSeen;
  private transient BucketWidth width;
  private transient Object textSeen;
  private transient Object text;

  @Override
  public TypeInference getTypeInference(DataTypeFactory typeFactory) {
    return TimeBucketTypes.inference();
  }

  public TimestampData eval(Object bucketWidth, TimestampData time) {
    if (bucketWidth == null || time == null) {
      return null;
    }
    return timestamp(TimeBucket.from(width(bucketWidth), micros(time), null));
  }

  public TimestampData eval(Object bucketWidth, TimestampData time, Object third) {
    if (bucketWidth == null || time == null || third == null) {
      return null;
    }
    BucketWidth each = width(bucketWidth);
    long micros = micros(time);
    Object option = third instanceof TimestampData ? third : option(third);
    if (option instanceof TimestampData origin) {
      return timestamp(TimeBucket.from(each, micros, micros(origin)));
    }
    if (option instanceof ZoneId zone) {
      return timestamp(TimeBucket.zoned(each, micros, zone));
    }
    return timestamp(TimeBucket.shifted(each, micros, (TimeBucket.Shift) option));
  }

  public Integer eval(Object bucketWidth, Integer day) {
    if (bucketWidth == null || day == null) {
      return null;
    }
    return day(TimeBucket.from(wholeDays(bucketWidth), day * MICROS_PER_DAY, null));
  }

  /** Statements give one width for all rows, so the last is kept. */
  private BucketWidth width(Object given) {
    if (!Objects.equals(given, widthSeen)) {
      width = BucketWidth.of(given);
      widthSeen = given;
    }
    return width;
  }

  private BucketWidth wholeDays(Object given) {
    BucketWidth each = width(given);
    if (!each.isWholeDays()) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Invalid width of time_bucket for a DATE")
          .withDetail("It must be a whole number of days or months.")
          .withHint("CAST the date to TIMESTAMP for shorter buckets.");
    }
    return each;
  }

  /** A ZoneId or a Shift. Text that begins like an interval is an offset, other text a zone. */
  private Object option(Object given) {
    if (!Objects.equals(given, textSeen)) {
      text = readOption(given);
      textSeen = given;
    }
    return text;
  }

  /** Whether a third argument is an offset and not a time zone. */
  static boolean isInterval(String text) {
    return INTERVAL.matcher(text).matches();
  }

  private static Object readOption(Object given) {
    if (given instanceof Long millis) {
      return new TimeBucket.Shift(0, millis * 1_000L);
    }
    if (given instanceof Integer months) {
      return new TimeBucket.Shift(months, 0);
    }
    String written = given.toString();
    if (isInterval(written)) {
      BucketWidth shift = BucketWidth.of(written);
      return shift instanceof BucketWidth.Months months
          ? new TimeBucket.Shift(months.months(), 0)
          : new TimeBucket.Shift(0, ((BucketWidth.Fixed) shift).micros());
    }
    return TimeBucket.zone(written);
  }

  private static long micros(TimestampData time) {
    return time.getMillisecond() * 1_000L + time.getNanoOfMillisecond() / 1_000;
  }

  private static TimestampData timestamp(long micros) {
    return TimestampData.fromEpochMillis(
        Math.floorDiv(micros, 1_000L), (int) Math.floorMod(micros, 1_000L) * 1_000);
  }

  private static Integer day(long micros) {
    return Math.toIntExact(Math.floorDiv(micros, MICROS_PER_DAY));
  }
}
