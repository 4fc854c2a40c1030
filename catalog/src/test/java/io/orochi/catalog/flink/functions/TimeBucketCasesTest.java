package io.orochi.catalog.flink.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.flink.table.data.TimestampData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Flink's time_bucket gives the buckets that the kernel's does: one file of cases tests both. */
class TimeBucketCasesTest {
  private final TimeBucketFunction function = new TimeBucketFunction();

  @ParameterizedTest
  @CsvFileSource(resources = "/time_bucket_cases.csv", numLinesToSkip = 1)
  void aBucketBeginsWhereTheTableSays(
      String width, String time, String origin, String offset, String expected) {
    TimestampData moment = timestamp(time);
    TimestampData found;
    if (origin != null) {
      found = function.eval(interval(width), moment, timestamp(origin));
    } else if (offset != null) {
      found = function.eval(interval(width), moment, interval(offset));
    } else {
      found = function.eval(interval(width), moment);
    }
    assertThat(found.toInstant()).isEqualTo(Instant.parse(expected));
  }

  private static TimestampData timestamp(String instant) {
    return TimestampData.fromInstant(Instant.parse(instant));
  }

  /** As INTERVAL reaches a function: months as an int, anything shorter as milliseconds. */
  private static Object interval(String text) {
    String[] parts = text.split(" ");
    int number = Integer.parseInt(parts[0]);
    String unit = parts[1].endsWith("s") ? parts[1] : parts[1] + "s";
    if (unit.equals("months")) {
      return number;
    }
    Duration one =
        unit.equals("milliseconds")
            ? Duration.ofMillis(1)
            : ChronoUnit.valueOf(unit.toUpperCase(Locale.ROOT)).getDuration();
    return one.multipliedBy(number).toMillis();
  }
}
