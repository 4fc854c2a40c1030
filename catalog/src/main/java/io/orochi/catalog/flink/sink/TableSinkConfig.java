package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * How a table is appended to.
 *
 * @param writer the name under which commits are found again: a pipeline's, or a unique id
 * @param kind whether the writer will come back after its job has ended
 * @param parallelism of the writers
 * @param maxOpenFiles the number of files a writer keeps open; beyond it the longest unused is
 *     closed, so that rows in no order cost files instead of memory
 * @param folders under which the committer reads data files in place, to look keys up
 */
public record TableSinkConfig(
    String writer, Kind kind, int parallelism, int maxOpenFiles, List<String> folders)
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
    folders = List.copyOf(folders);
    if (parallelism < 1 || maxOpenFiles < 1) {
      throw new IllegalArgumentException(
          "parallelism " + parallelism + ", open files " + maxOpenFiles);
    }
  }

  /** The same for a committer that copies the files it looks into. */
  public TableSinkConfig(String writer, Kind kind, int parallelism, int maxOpenFiles) {
    this(writer, kind, parallelism, maxOpenFiles, List.of());
  }

  public TableSinkConfig withFolders(List<String> folders) {
    return new TableSinkConfig(writer, kind, parallelism, maxOpenFiles, folders);
  }

  public static TableSinkConfig pipeline(String name, int parallelism) {
    return new TableSinkConfig(name, Kind.PIPELINE, parallelism, MAX_OPEN_FILES_DEFAULT);
  }

  public static TableSinkConfig statement(String uniqueId, int parallelism) {
    return new TableSinkConfig(uniqueId, Kind.STATEMENT, parallelism, MAX_OPEN_FILES_DEFAULT);
  }
}
