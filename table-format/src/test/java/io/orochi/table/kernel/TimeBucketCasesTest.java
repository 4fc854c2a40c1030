package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The kernel's own time_bucket means what TimescaleDB's means, whatever the session's zone. */
class TimeBucketCasesTest {
  @TempDir static Path folder;
  private static TestingKernel kernel;

  @BeforeAll
  static void open() {
    kernel = TestingKernel.over(folder);
  }

  @AfterAll
  static void close() {
    kernel.close();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/time_bucket_cases.csv", numLinesToSkip = 1)
  void aBucketBeginsWhereTheTableSays(
      String width, String time, String origin, String offset, String expected) {
    String third =
        origin != null
            ? ", TIMESTAMPTZ '" + origin + "'"
            : offset != null ? ", INTERVAL '" + offset + "'" : "";
    String sql =
        "SELECT epoch_us(time_bucket(INTERVAL '"
            + width
            + "', TIMESTAMPTZ '"
            + time
            + "'"
            + third
            + "))";
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(expected));
    for (String zone : List.of("UTC", "America/New_York", "Asia/Kathmandu")) {
      try (KernelSession session = kernel.kernel().openSession()) {
        session.setTimeZone(ZoneId.of(zone));
        assertThat(TestingKernel.rows(session, sql)).as(zone).containsExactly("{" + micros + "}");
      }
    }
  }
}
