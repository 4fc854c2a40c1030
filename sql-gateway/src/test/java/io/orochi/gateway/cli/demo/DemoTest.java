package io.orochi.gateway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Option;

class DemoTest {
  @Test
  void progressIsOneLineOfTotalsAndRates() {
    Instant noon = Instant.parse("2026-03-01T12:00:00Z");
    Arrivals before = new Arrivals(noon, 1_000, 3, noon);
    Arrivals after = new Arrivals(noon.plusSeconds(2), 21_000, 5, noon.plusMillis(500));
    assertThat(after.since(before)).isEqualTo("21,000 rows  10,000 rows/s  5 files  lag 1.5 s");
  }

  @Test
  void aStreamRunsACommandByTheNameOfItsClass(@TempDir Path folder) {
    new DemoStream("good", Stream.class.getName(), List.of()).start(folder);
    assertThat(Stream.ran).isEqualTo(folder.toString());
  }

  @Test
  void aStreamThatFailsTellsWhatItPrinted(@TempDir Path folder) {
    DemoStream stream = new DemoStream("bad", Stream.class.getName(), List.of("--no-such"));
    assertThatThrownBy(() -> stream.start(folder))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("Cannot start the demo's stream of bad")
        .hasMessageContaining("Unknown option: '--no-such'");
  }

  @Test
  void aStreamWithoutItsModuleSaysHowToStart(@TempDir Path folder) {
    DemoStream stream = new DemoStream("gone", "io.orochi.NoSuchStream", List.of());
    assertThatThrownBy(() -> stream.start(folder))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("Cannot start the demo's stream io.orochi.NoSuchStream")
        .hasMessageContaining("bin/orochi");
  }

  static final class Stream implements Callable<Integer> {
    private static volatile String ran = "";

    @Option(names = "--data")
    private String data;

    @Option(names = "--parallelism")
    private int parallelism;

    @Option(names = "--detach")
    private boolean detach;

    @Override
    public Integer call() {
      assertThat(detach && parallelism == 1).isTrue();
      ran = data;
      return 0;
    }
  }
}
