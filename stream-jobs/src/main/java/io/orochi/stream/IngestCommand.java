package io.orochi.stream;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.connectors.element.SourceElementTypeInfo;
import io.orochi.connectors.file.BadRecords;
import io.orochi.connectors.file.FileSource;
import io.orochi.connectors.file.FileSourceConfig;
import io.orochi.connectors.file.OnError;
import io.orochi.stream.client.FlinkCluster;
import io.orochi.stream.client.PipelineCommits;
import io.orochi.stream.client.Submission;
import io.orochi.stream.client.TargetTable;
import io.orochi.stream.command.Commands;
import io.orochi.stream.command.Input;
import io.orochi.stream.command.JobOptions;
import io.orochi.stream.command.Schemas;
import io.orochi.stream.ingest.DeadLetters;
import io.orochi.stream.ingest.IngestConfig;
import io.orochi.stream.ingest.IngestJob;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.types.logical.RowType;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Loads files into a table, each record once however often it is run. */
@Command(
    name = "orochi ingest",
    description = "Loads CSV, JSON lines and Parquet files into a table.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      " 0:done",
      " 1:failed; the reason is on standard error",
      " 2:the command line is wrong"
    })
public final class IngestCommand implements Callable<Integer> {
  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);
  private static final int SLOTS = 4;

  @Spec private CommandSpec spec;
  @Mixin private JobOptions options;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, folders and quoted globs; CSV and JSON lines may be gzipped.")
  private List<String> files;

  @Option(names = "--table", required = true, description = "TABLE or DATABASE.TABLE.")
  private String table;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description = "Of a new table: the timestamp column that chunks are cut by.")
  private String time;

  @Option(
      names = "--format",
      description = "csv, json or parquet (default: by each file's name).",
      defaultValue = "")
  private String format;

  @Option(names = "--watch", description = "Go on with files that come or grow, until stopped.")
  private boolean watch;

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "Whose record of loaded files is used (default: ingest).",
      defaultValue = "ingest")
  private String pipeline;

  @Option(
      names = "--on-error",
      paramLabel = "WHAT",
      description =
          "What is done with invalid records: fail, skip, or dead-letter, which puts them into the"
              + " table TABLE_errors (default: fail).",
      defaultValue = "fail")
  private String onError;

  @Option(names = "--detach", description = "Do not wait for the job; for --watch.")
  private boolean detach;

  public static void main(String[] arguments) {
    System.exit(Commands.execute(new IngestCommand(), arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    long startedNanos = System.nanoTime();
    OnError errors = OnError.parse(onError);
    DataFolder folder = options.folder();
    FlinkCluster cluster = FlinkCluster.of(folder);
    Input input = Input.look(files, format);
    try (TargetTable target = TargetTable.openOrCreate(folder, table, () -> definition(input))) {
      PipelineCommits before = target.commits(pipeline);
      PipelineCommits errorsBefore = target.deadLetterCommits(pipeline);
      Input.Remaining remaining = input.remaining(before.positions());
      if (!watch && remaining.files() == 0) {
        return done(new Result(0, input.files().size(), 0, 0, ""), startedNanos);
      }
      IngestConfig config =
          options.ingest(
              folder,
              cluster,
              pipeline,
              watch
                  ? new JobOptions.Wish(1, 1, IngestConfig.COMMIT_INTERVAL_DEFAULT)
                  : new JobOptions.Wish(
                      Math.max(1, remaining.files()),
                      SLOTS,
                      IngestConfig.COMMIT_INTERVAL_BOUNDED_DEFAULT));
      FileSourceConfig source =
          new FileSourceConfig(
              files.stream().map(IngestCommand::absolute).toList(),
              format,
              target.rowType(),
              input.csv(),
              new BadRecords(errors, target.rule()),
              watch ? WATCH_EVERY : Duration.ZERO,
              before.positions());
      Submission job =
          submit(
              cluster,
              source,
              target,
              errors == OnError.DEAD_LETTER ? target.deadLetters(errorsBefore) : null,
              config);
      if (detach) {
        return say("started job %s".formatted(job.id()));
      }
      long rejected = job.await(spec.commandLine().getErr(), watch ? 0 : remaining.bytes());
      boolean putAside = errors == OnError.DEAD_LETTER;
      return done(
          new Result(
              remaining.files(),
              input.files().size() - remaining.files(),
              target.rowsAddedSince(before),
              putAside ? target.deadLettersAddedSince(errorsBefore) : rejected,
              putAside ? table + DeadLetters.TABLE_ENDING : ""),
          startedNanos);
    }
  }

  /**
   * @param rejectedTo the table they were put into, empty if none
   */
  private record Result(
      int files, int filesLoadedBefore, long rows, long rejected, String rejectedTo) {}

  private TargetTable.Definition definition(Input input) {
    if (time == null) {
      throw OrochiException.of(
              OrochiErrorCode.TIME_COLUMN_MISSING,
              "Cannot create table %s without a time column".formatted(table))
          .withHint("Name the timestamp column with --time.");
    }
    return new TargetTable.Definition(
        Schemas.withTime(input.schema(), time),
        options.layout(time, ChunkInterval.suitedTo(input.timeSpan(time)), null));
  }

  private static Submission submit(
      FlinkCluster cluster,
      FileSourceConfig source,
      TargetTable target,
      DeadLetters deadLetters,
      IngestConfig config) {
    StreamExecutionEnvironment environment =
        cluster.environment(
            IngestJob.configuration(
                config, source.watches() ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED));
    RowType rowType = source.rowType();
    IngestJob.build(
        environment,
        new FileSource(source),
        new SourceElementTypeInfo(rowType),
        target.loader(),
        config,
        deadLetters,
        loaded -> new TableCommitter(loaded, Clock.systemUTC()));
    return Submission.submit(cluster, environment, config.pipeline());
  }

  /** The server runs elsewhere: it must not look into this process's working folder. */
  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize().toString();
  }

  private int done(Result result, long startedNanos) {
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    String before =
        result.filesLoadedBefore() == 0
            ? ""
            : " (%d loaded before)".formatted(result.filesLoadedBefore());
    return say(
        String.format(
            Locale.ROOT,
            "%d %s%s, %,d rows, %,d rejected%s, %.1f s",
            result.files(),
            result.files() == 1 ? "file" : "files",
            before,
            result.rows(),
            result.rejected(),
            result.rejected() == 0 || result.rejectedTo().isEmpty()
                ? ""
                : " into " + result.rejectedTo(),
            seconds));
  }

  private int say(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text);
    out.flush();
    return CommandLine.ExitCode.OK;
  }
}
