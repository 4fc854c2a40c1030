package io.orochi.batch.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.integrity.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrubReportTest {
  @Test
  void totalsAreSummedOverTasksAndDamageIsListedByLocation() {
    ScrubReport report =
        ScrubReport.of(
            "orochi.default.cpu",
            42,
            List.of(
                Finding.counted(Verdict.VERIFIED, 1_200, 5_000_000),
                Finding.damaged(Verdict.MISSING, "/w/b.parquet", 7, "there is no such file"),
                Finding.counted(Verdict.VERIFIED, 34, 1_000),
                Finding.damaged(Verdict.CORRUPT, "/w/a.parquet", 9, "digest differs")));

    assertThat(report.isClean()).isFalse();
    assertThat(report.text())
        .isEqualToIgnoringNewLines(
            """
            orochi.default.cpu at snapshot 42: 1,236 files, 5,001,016 bytes
              verified   1,234
              unverified 0
              corrupt    1
              missing    1
            corrupt: /w/a.parquet (digest differs)
            missing: /w/b.parquet (there is no such file)
            """);
  }
}
