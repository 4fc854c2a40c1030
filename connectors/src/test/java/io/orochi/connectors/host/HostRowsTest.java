package io.orochi.connectors.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.flink.table.data.GenericRowData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostRowsTest {
  @TempDir Path proc;

  @Test
  void countersBecomeSharesAndRates() throws IOException {
    write("cpu  100 0 50 800 25 0 0 25 0 0", "8 0 vda 1 0 100 0 1 0 200 0 0 0 0", 1000);
    HostRows rows =
        new HostRows(
            proc, Clock.fixed(Instant.parse("2026-01-01T00:00:00.123456Z"), ZoneOffset.UTC));
    write("cpu  110 10 60 860 30 0 0 30 0 0", "8 0 vda 1 0 300 0 1 0 200 0 0 0 0", 5000);
    GenericRowData row = rows.sample();
    assertThat(row.getTimestamp(0, 6).toInstant())
        .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
    assertThat(row.getDouble(2)).isEqualTo(20.0);
    assertThat(row.getDouble(3)).isEqualTo(10.0);
    assertThat(row.getDouble(4)).isEqualTo(5.0);
    assertThat(row.getDouble(5)).isEqualTo(5.0);
    assertThat(row.getDouble(6)).isEqualTo(60.0);
    assertThat(row.getLong(8)).isEqualTo(3);
    assertThat(row.getLong(10)).isEqualTo(2048);
    assertThat(row.getDouble(12)).isPositive();
    assertThat(row.getDouble(13)).isZero();
    assertThat(row.getDouble(15)).isPositive();
    assertThat(row.getArity()).isEqualTo(HostRows.rowType().getFieldCount());
  }

  @Test
  void aSystemWithoutProcIsAnError() {
    Path none = proc.resolve("none");
    assertThatThrownBy(() -> new HostRows(none, Clock.systemUTC()))
        .isInstanceOf(OrochiException.class)
        .hasMessageStartingWith("OROCHI-4001: Cannot read " + none.resolve("stat"));
  }

  private void write(String cpu, String disk, long received) throws IOException {
    Files.writeString(proc.resolve("stat"), cpu + "\ncpu0 1 1 1\nprocs_running 3\n");
    Files.writeString(proc.resolve("loadavg"), "0.50 0.40 0.30 1/100 42\n");
    Files.writeString(
        proc.resolve("meminfo"),
        "MemTotal: 4 kB\nMemAvailable: 2 kB\nSwapTotal: 1 kB\nSwapFree: 1 kB\n");
    Files.writeString(proc.resolve("diskstats"), disk + "\n");
    Files.createDirectories(proc.resolve("net"));
    Files.writeString(
        proc.resolve("net/dev"),
        "Inter-|\n face |\n lo: 9 0 0 0 0 0 0 0 9 0\n eth0: %d 0 0 0 0 0 0 0 7 0\n"
            .formatted(received));
  }
}
