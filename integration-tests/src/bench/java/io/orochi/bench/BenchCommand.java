package io.orochi.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code orochi bench NAME}. Each benchmark prints a table and a line of JSON. */
@Command(
    name = "orochi bench",
    mixinStandardHelpOptions = true,
    description = "Measures Orochi against a yardstick in the same run and checks the answers.",
    subcommands = {
      ChunksCommand.class,
      CommitCommand.class,
      DmlCommand.class,
      FetchCommand.class,
      FlinkScanCommand.class,
      FloorCommand.class,
      IngestBenchmark.class,
      PlanCommand.class,
      PointCommand.class,
      TpchCommand.class,
      TsbsCommand.class
    })
public final class BenchCommand {
  private BenchCommand() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand()).execute(args));
  }
}
