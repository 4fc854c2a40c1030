package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.ZoneId;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeZoneTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "UTC, 2024-07-01 00:00:00",
    "Z, 2024-07-01 00:00:00",
    "Etc/UTC, 2024-07-01 00:00:00",
    "+05:30, 2024-07-01 05:30:00",
    "UTC+05:30, 2024-07-01 05:30:00",
    "GMT-08:00, 2024-06-30 16:00:00",
    "Europe/Rome, 2024-07-01 02:00:00",
  })
  void everySpellingOfAZoneIsKept(String zone, String midnightInUtc) {
    try (TestingKernel kernel = TestingKernel.over(folder.resolve("lake"));
        KernelSession session = kernel.kernel().openSession()) {
      session.setTimeZone(ZoneId.of(zone));
      String sql =
          "SELECT CAST(CAST(TIMESTAMPTZ '2024-07-01 00:00:00+00' AS TIMESTAMP) AS VARCHAR)";
      assertThat(TestingKernel.rows(session, sql)).containsExactly("{" + midnightInUtc + "}");
    }
  }
}
