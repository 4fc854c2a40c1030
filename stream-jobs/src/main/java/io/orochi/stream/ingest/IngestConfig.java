package io.orochi.stream.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How rows flow into a table.
 *
 * @param pipeline names the flow for ever; its positions stand in the table under this name
 * @param commitInterval how often rows become visible
 * @param sourceParallelism readers
 * @param writerParallelism writers
 * @param checkpoints a folder for the state of running jobs
 */
public record IngestConfig(
    String pipeline,
    Duration commitInterval,
    int sourceParallelism,
    int writerParallelism,
    Path checkpoints) {
  /** Of a stream without end. */
  public static final Duration COMMIT_INTERVAL_DEFAULT = Duration.ofSeconds(5);

  /** Of input with an end, where the last commit comes with the end. */
  public static final Duration COMMIT_INTERVAL_BOUNDED_DEFAULT = Duration.ofSeconds(30);

  public IngestConfig {
    Objects.requireNonNull(pipeline);
    Objects.requireNonNull(commitInterval);
    Objects.requireNonNull(checkpoints);
    if (sourceParallelism < 1 || writerParallelism < 1) {
      throw new IllegalArgumentException(sourceParallelism + " and " + writerParallelism);
    }
  }
}
