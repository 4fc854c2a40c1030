package io.orochi.stream;

import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.host.HostMetricsSource;
import io.orochi.connectors.host.HostRows;
import io.orochi.stream.command.Commands;
import io.orochi.stream.command.JobOptions;
import io.orochi.stream.command.Streams;
import io.orochi.table.layout.ChunkInterval;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Streams the metrics of the server's host into a table. */
@Command(
    name = "orochi stream-host-metrics",
    description = "Streams the metrics of the server's host into a table.",
    mixinStandardHelpOptions = true)
public final class HostMetricsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private JobOptions options;

  @Option(
      names = "--table",
      description = "TABLE or DATABASE.TABLE (default: ${DEFAULT-VALUE}).",
      defaultValue = "host_metrics")
  private String table;

  @Option(
      names = "--pipeline",
      description = "Its name (default: ${DEFAULT-VALUE}).",
      defaultValue = "host-metrics")
  private String pipeline;

  @Option(
      names = "--samples-per-second",
      description = "1 to 1000 (default: ${DEFAULT-VALUE}).",
      defaultValue = "10")
  private int samplesPerSecond;

  @Option(names = "--detach", description = "Return when the stream runs.")
  private boolean detach;

  public static void main(String[] arguments) {
    System.exit(Commands.execute(new HostMetricsCommand(), arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Streams.run(
        new Streams.Stream(
            pipeline,
            table,
            options.layout("ts", new ChunkInterval(1, ChunkInterval.Unit.HOUR), null),
            new SourceElementTypeInfo(HostRows.rowType()),
            1,
            positions -> new HostMetricsSource(samplesPerSecond, positions)),
        options,
        detach ? Streams.Mode.DETACHED : Streams.Mode.ATTACHED,
        spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }
}
