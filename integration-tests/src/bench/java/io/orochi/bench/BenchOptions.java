package io.orochi.bench;

import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** What every benchmark understands. */
final class BenchOptions {
  /** Of the servers that are measured: no answer is given again. */
  static final Map<String, String> SERVER = Map.of("kernel.result-cache", "0");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "target/bench",
      description = "Generated data, kept for the next run (default: ${DEFAULT-VALUE}).")
  private Path work;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Timed rounds, at least 5 for a figure worth keeping (default: 7).")
  private int rounds;

  Path work() {
    return work.toAbsolutePath();
  }

  int rounds() {
    return rounds;
  }
}
