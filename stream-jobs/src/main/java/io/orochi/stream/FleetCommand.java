package io.orochi.stream;

import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.fleet.FleetConfig;
import io.orochi.connectors.fleet.FleetRows;
import io.orochi.connectors.fleet.FleetSource;
import io.orochi.stream.command.Commands;
import io.orochi.stream.command.JobOptions;
import io.orochi.stream.command.Streams;
import io.orochi.table.layout.ChunkInterval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Streams a simulated fleet into a table. */
@Command(
    name = "orochi stream-fleet",
    description = "Streams a simulated fleet (TSBS cpu-only) into a table.",
    mixinStandardHelpOptions = true)
public final class FleetCommand implements Callable<Integer> {
  private static final int SLOTS_UNPACED = 4;

  @Spec private CommandSpec spec;
  @Mixin private JobOptions options;

  @Option(
      names = "--table",
      description = "TABLE or DATABASE.TABLE (default: ${DEFAULT-VALUE}).",
      defaultValue = "cpu")
  private String table;

  @Option(
      names = "--pipeline",
      description = "Its name (default: ${DEFAULT-VALUE}).",
      defaultValue = "fleet")
  private String pipeline;

  @Option(
      names = "--hosts",
      description = "How many (default: ${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int hosts;

  @Option(
      names = "--seed",
      description = "Of all values (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--every",
      paramLabel = "INTERVAL",
      description = "Time between two rows of a host (default: ${DEFAULT-VALUE}).",
      defaultValue = "1 s")
  private String every;

  @Option(
      names = "--history",
      paramLabel = "INTERVAL",
      description = "How long before now a new fleet begins (default: ${DEFAULT-VALUE}).",
      defaultValue = "0 s")
  private String history;

  @Option(
      names = "--steps",
      description = "End after so many rows of each host (default: never).",
      defaultValue = "0")
  private long steps;

  @Option(names = "--unpaced", description = "Do not wait for each row's time to come.")
  private boolean unpaced;

  @Option(names = "--detach", description = "Return when the stream runs.")
  private boolean detach;

  public static void main(String[] arguments) {
    System.exit(Commands.execute(new FleetCommand(), arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Streams.run(
        new Streams.Stream(
            pipeline,
            table,
            options.layout("ts", new ChunkInterval(1, ChunkInterval.Unit.HOUR), "hostname"),
            new SourceElementTypeInfo(FleetRows.rowType()),
            unpaced ? SLOTS_UNPACED : 1,
            positions -> new FleetSource(fleet(positions), positions)),
        options,
        detach ? Streams.Mode.DETACHED : Streams.Mode.ATTACHED,
        spec.commandLine().getOut());
    return CommandLine.ExitCode.OK;
  }

  /** A fleet that has begun keeps its beginning, or its rows would come a second time. */
  private FleetConfig fleet(Map<String, String> positions) {
    Duration interval = TimeUtils.parseDuration(every);
    Instant begin =
        Instant.now().minus(TimeUtils.parseDuration(history)).truncatedTo(ChronoUnit.SECONDS);
    Optional<Instant> begun =
        positions.keySet().stream()
            .flatMap(id -> FleetConfig.ofSplitId(id).stream())
            .filter(
                fleet ->
                    fleet.hosts() == hosts
                        && fleet.seed() == seed
                        && fleet.interval().equals(interval))
            .map(FleetConfig::start)
            .max(Instant::compareTo);
    return new FleetConfig(
        hosts,
        seed,
        begun.orElse(begin),
        interval,
        steps,
        unpaced ? FleetConfig.Pace.UNLIMITED : FleetConfig.Pace.CLOCK);
  }
}
