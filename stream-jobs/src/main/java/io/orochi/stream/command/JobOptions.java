package io.orochi.stream.command;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.stream.client.FlinkCluster;
import io.orochi.stream.ingest.IngestConfig;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.TimeUtils;
import picocli.CommandLine.Option;

/** What every command that writes a stream into a table takes. */
public final class JobOptions {
  private static final String DATA_VARIABLE = "OROCHI_DATA";
  private static final String DATA_DEFAULT = "orochi-data";
  private static final int BUCKETS_DEFAULT = 16;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $OROCHI_DATA, else ./orochi-data).")
  private Path data;

  @Option(
      names = "--chunk-interval",
      paramLabel = "INTERVAL",
      description =
          "Of a new table: the time a chunk spans, such as '1 h' or '1 d' (default: '1 d'; for files"
              + " that span more than 180 days '1 month').")
  private String chunkInterval;

  @Option(
      names = "--distribute-by",
      paramLabel = "COLUMN",
      description = "Of a new table: the column that spreads rows over buckets.")
  private String distributeBy;

  @Option(
      names = "--buckets",
      paramLabel = "N",
      description = "Of a new table: the number of buckets, with --distribute-by (default: 16).")
  private Integer buckets;

  @Option(
      names = "--commit-interval",
      paramLabel = "INTERVAL",
      description = "How often rows become visible, such as '1 s' (default: 5 s; 30 s for files).")
  private String commitInterval;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description =
          "Readers and writers, as many as task slots are taken (default: 1 for a stream, up to 4 free"
              + " slots for files).")
  private Integer parallelism;

  @Option(names = "--verbose", description = "Show the stack trace of a failure.")
  @SuppressWarnings("UnusedVariable") // asked of the parse result, also when parsing fails
  private boolean verbose;

  /** Opened; created if absent. */
  public DataFolder folder() {
    return DataFolder.open(
        Optional.ofNullable(data)
            .or(
                () ->
                    Optional.ofNullable(System.getenv(DATA_VARIABLE))
                        .filter(text -> !text.isBlank())
                        .map(Path::of))
            .orElse(Path.of(DATA_DEFAULT)));
  }

  /**
   * The layout of a new table.
   *
   * @param distributeByDefault null for none
   */
  public TableLayout layout(
      String timeColumn, ChunkInterval chunkIntervalDefault, String distributeByDefault) {
    String column = distributeBy == null ? distributeByDefault : distributeBy;
    if (column == null && buckets != null) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Cannot use --buckets without --distribute-by")
          .withHint("Name the column whose values spread over the buckets.");
    }
    Distribution distribution =
        column == null
            ? Distribution.NONE
            : new Distribution.Hash(column, buckets == null ? BUCKETS_DEFAULT : buckets);
    return new TableLayout(
        timeColumn,
        chunkInterval == null ? chunkIntervalDefault : ChunkInterval.parse(chunkInterval),
        distribution,
        column == null ? List.of(timeColumn) : List.of(column, timeColumn));
  }

  /**
   * What a job asks for unless the user says otherwise.
   *
   * @param readers the most readers the source can use
   * @param slots the most task slots it should take; jobs that never end should take few
   */
  public record Wish(int readers, int slots, Duration commitInterval) {}

  /**
   * @throws OrochiException NO_FREE_SLOT, INVALID_OPTION_VALUE
   */
  public IngestConfig ingest(DataFolder folder, FlinkCluster cluster, String pipeline, Wish wish) {
    int slots = parallelism == null ? Math.min(wish.slots(), cluster.freeSlots()) : parallelism;
    if (slots < 1) {
      throw OrochiException.of(
              OrochiErrorCode.NO_FREE_SLOT, "Cannot start \"%s\": no free slot".formatted(pipeline))
          .withDetail("Running jobs hold all task slots of the server.")
          .withHint("Wait, stop a stream, or restart the server with a larger flink.slots.");
    }
    return new IngestConfig(
        pipeline,
        commitInterval(wish.commitInterval()),
        Math.max(1, Math.min(slots, wish.readers())),
        slots,
        folder.temp().resolve("checkpoints"));
  }

  private Duration commitInterval(Duration unlessGiven) {
    if (commitInterval == null) {
      return unlessGiven;
    }
    try {
      Duration parsed = TimeUtils.parseDuration(commitInterval.strip());
      if (parsed.toMillis() >= 100) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, with the bound.
    }
    throw OrochiException.of(
            OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid --commit-interval: " + commitInterval)
        .withHint("Give a time of at least 100 ms, such as '1 s' or '10 s'.");
  }
}
