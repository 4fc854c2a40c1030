package io.orochi.gateway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orochi.table.error.OrochiException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
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
  void aStreamRunsACommandByTheNameOfItsClass() {
    DemoStream stream = DemoStream.start("good", Stream.class.getName(), List.of("--data", "here"));
    await().untilAsserted(() -> assertThat(Stream.ran).isEqualTo("here"));
    assertThat(stream.failure()).isEmpty();
  }

  @Test
  void aStreamThatFailsTellsWhatItPrinted() {
    DemoStream stream = DemoStream.start("bad", Stream.class.getName(), List.of("--no-such"));
    await().untilAsserted(() -> assertThat(stream.failure()).isPresent());
    assertThat(stream.failure().orElseThrow()).contains("Unknown option: '--no-such'");
  }

  @Test
  void aStreamWithoutItsModuleSaysHowToStart() {
    assertThatThrownBy(() -> DemoStream.start("gone", "io.orochi.NoSuchStream", List.of()))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("Cannot start the demo's stream io.orochi.NoSuchStream")
        .hasMessageContaining("bin/orochi");
  }

  static final class Stream implements Callable<Integer> {
    private static volatile String ran = "";

    @Option(names = "--data")
    private String data;

    @Override
    public Integer call() {
      ran = data;
      return 0;
    }
  }
}
