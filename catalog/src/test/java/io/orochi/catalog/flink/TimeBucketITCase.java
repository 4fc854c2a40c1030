package io.orochi.catalog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeBucketITCase {
  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void openSession() {
    session = new TestingSession(folder);
  }

  @Test
  void timestampsAreCutByEveryKindOfWidth() {
    assertThat(
            session.run(
                "SELECT time_bucket(INTERVAL '5' MINUTE, TIMESTAMP '2026-11-21 10:07:31.123456'),"
                    + " time_bucket('1 week', TIMESTAMP '2026-11-21 10:07:31'),"
                    + " TIME_BUCKET(INTERVAL '3' MONTH, TIMESTAMP '2026-11-21 10:07:31'),"
                    + " time_bucket('1 year', DATE '2026-11-21'),"
                    + " time_bucket('1 s', TIMESTAMP '1969-12-31 23:59:59.5')"))
        .containsExactly(
            "+I[2026-11-21T10:05, 2026-11-16T00:00, 2026-10-01T00:00, 2026-01-01,"
                + " 1969-12-31T23:59:59]");
  }

  @Test
  void zonesOriginsAndOffsetsMoveTheBuckets() {
    assertThat(
            session.run(
                "SELECT time_bucket('1 d', CAST(TIMESTAMP '2026-03-29 12:00:00' AS"
                    + " TIMESTAMP_LTZ(6)), 'Europe/Berlin'),"
                    + " time_bucket(INTERVAL '1' DAY, CAST(TIMESTAMP '2026-03-29 23:00:00' AS"
                    + " TIMESTAMP_LTZ(6)), 'Europe/Berlin'),"
                    + " time_bucket('1 d', TIMESTAMP '2026-03-29 12:00:00',"
                    + " TIMESTAMP '2000-01-01 06:00:00'),"
                    + " time_bucket('1 d', TIMESTAMP '2026-03-29 12:00:00', INTERVAL '13' HOUR),"
                    + " time_bucket('1 d', TIMESTAMP '2026-03-29 12:00:00', '13 h')"))
        .containsExactly(
            "+I[2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 2026-03-29T06:00,"
                + " 2026-03-28T13:00, 2026-03-28T13:00]");
  }

  @Test
  void nullIsNull() {
    assertThat(
            session.run(
                "SELECT time_bucket(CAST(NULL AS STRING), TIMESTAMP '2026-03-29 12:00:00'),"
                    + " time_bucket('1 d', CAST(NULL AS TIMESTAMP_LTZ(6))),"
                    + " time_bucket('1 d', CAST(NULL AS DATE))"))
        .containsExactly("+I[null, null, null]");
  }

  @Test
  void itGroupsRowsOfATable() {
    session.run("CREATE TABLE t (ts TIMESTAMP_LTZ(6), v INT)");
    session.run(
        "INSERT INTO t VALUES (TO_TIMESTAMP_LTZ(1763683200000, 3), 1),"
            + " (TO_TIMESTAMP_LTZ(1763683259999, 3), 2), (TO_TIMESTAMP_LTZ(1763683260000, 3), 4),"
            + " (CAST(NULL AS TIMESTAMP_LTZ(6)), 8)");
    assertThat(
            session.run(
                "SELECT time_bucket(INTERVAL '1' MINUTE, ts) AS bucket, SUM(v) FROM t"
                    + " GROUP BY time_bucket(INTERVAL '1' MINUTE, ts) ORDER BY bucket"))
        .containsExactly(
            "+I[null, 8]", "+I[2025-11-21T00:00:00Z, 3]", "+I[2025-11-21T00:01:00Z, 4]");
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> session.run("SELECT time_bucket(5, TIMESTAMP '2026-03-29 12:00:00')"))
        .hasStackTraceContaining("time_bucket takes an INTERVAL or a text");
    assertThatThrownBy(
            () -> session.run("SELECT time_bucket('1 d', TO_TIMESTAMP_LTZ(0, 3), 'Mars/Base')"))
        .hasStackTraceContaining("Invalid time zone of time_bucket: 'Mars/Base'");
    assertThatThrownBy(
            () ->
                session.run(
                    "SELECT time_bucket('1 d', TIMESTAMP '2026-03-29 12:00:00', 'Europe/Berlin')"))
        .hasStackTraceContaining("only a TIMESTAMP_LTZ takes a time zone");
    assertThatThrownBy(() -> session.run("SELECT time_bucket('1 h', DATE '2026-03-29')"))
        .hasStackTraceContaining("Invalid width of time_bucket for a DATE");
    assertThatThrownBy(() -> session.run("SELECT time_bucket('x', DATE '2026-03-29')"))
        .hasStackTraceContaining("Invalid interval: x");
  }
}
