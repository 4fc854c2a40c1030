package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import java.util.Objects;

/**
 * How a table is appended to.
 *
 * @param writer the name under which commits are found again: a pipeline's, or a unique id
 * @param kind whether the writer will come back after its job has ended
 * @param parallelism of the writers
 * @param maxOpenFiles the number of files a writer keeps open; beyond it the longest unused is
 *     closed, so that rows in no order cost files instead of memory
 */
public record TableSinkConfig(String writer, Kind kind, int parallelism, int maxOpenFiles)
    implements Serializable {
  public static final int MAX_OPEN_FILES_DEFAULT = 128;

  /** What a writer is. */
  public enum Kind {
    /** Continues after its last position in the table, job after job, under the same name. */
    PIPELINE,
    /** One statement; its name is never used again. */
    STATEMENT
  }

  public TableSinkConfig {
    Objects.requireNonNull(writer);
    Objects.requireNonNull(kind);
    if (parallelism < 1 || maxOpenFiles < 1) {
      throw new IllegalArgumentException(
          "parallelism " + parallelism + ", open files " + maxOpenFiles);
    }
  }

  public static TableSinkConfig pipeline(String name, int parallelism) {
    return new TableSinkConfig(name, Kind.PIPELINE, parallelism, MAX_OPEN_FILES_DEFAULT);
  }

  public static TableSinkConfig statement(String uniqueId, int parallelism) {
    return new TableSinkConfig(uniqueId, Kind.STATEMENT, parallelism, MAX_OPEN_FILES_DEFAULT);
  }
}
