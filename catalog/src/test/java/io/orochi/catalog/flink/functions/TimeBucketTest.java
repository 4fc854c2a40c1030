package io.orochi.catalog.flink.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeBucketTest {
  @ParameterizedTest
  @CsvSource({
    "1 min,    2026-11-21T10:07:31Z,     2026-11-21T10:07:00Z",
    "7 min,    2000-01-03T00:06:59Z,     2000-01-03T00:00:00Z",
    "1 week,   2026-11-22T23:59:59Z,     2026-11-16T00:00:00Z",
    "1 week,   1999-12-31T00:00:00Z,     1999-12-27T00:00:00Z",
    "1 month,  2024-02-29T12:00:00Z,     2024-02-01T00:00:00Z",
    "5 months, 1999-12-31T23:59:59.999Z, 1999-08-01T00:00:00Z",
    "1 year,   1969-06-01T00:00:00Z,     1969-01-01T00:00:00Z",
    "10 years, 2009-12-31T00:00:00Z,     2000-01-01T00:00:00Z"
  })
  void bucketsBeginAtTimescaleOrigins(String width, String time, String start) {
    long found = TimeBucket.from(BucketWidth.of(width), micros(time), null);
    assertThat(TimeBucket.instant(found)).isEqualTo(Instant.parse(start));
  }

  @ParameterizedTest
  @CsvSource({
    "1 d,  2026-03-29T21:59:59Z, Europe/Berlin,  2026-03-28T23:00:00Z",
    "1 d,  2026-03-29T22:00:00Z, Europe/Berlin,  2026-03-29T22:00:00Z",
    "1 mon,2026-10-31T23:30:00Z, Europe/Berlin,  2026-10-31T23:00:00Z",
    // the hour that comes twice
    "1 h,  2026-10-25T00:30:00Z, Europe/Berlin,  2026-10-25T00:00:00Z",
    "1 h,  2026-10-25T01:30:00Z, Europe/Berlin,  2026-10-25T01:00:00Z",
    // the hour that is skipped
    "2 h,  2026-03-29T01:30:00Z, Europe/Berlin,  2026-03-29T01:00:00Z",
    // midnight that comes twice: the day begins the first time
    "1 d,  2025-11-02T05:30:00Z, America/Havana, 2025-11-02T04:00:00Z",
    "1 d,  2025-11-02T17:00:00Z, America/Havana, 2025-11-02T04:00:00Z",
    // midnight that is skipped
    "1 d,  2025-03-09T17:00:00Z, America/Havana, 2025-03-09T05:00:00Z"
  })
  void bucketsFollowTheClockOfAZone(String width, String time, String zone, String start) {
    long found = TimeBucket.zoned(BucketWidth.of(width), micros(time), ZoneId.of(zone));
    assertThat(TimeBucket.instant(found)).isEqualTo(Instant.parse(start));
  }

  @Test
  void aWidthIsPositive() {
    assertThatThrownBy(() -> BucketWidth.of(0L))
        .hasMessageContaining("Invalid width of time_bucket: it must be positive");
    assertThatThrownBy(() -> BucketWidth.of(-1))
        .hasMessageContaining("Invalid width of time_bucket: it must be positive");
  }

  private static long micros(String instant) {
    return TimeBucket.micros(Instant.parse(instant));
  }
}
