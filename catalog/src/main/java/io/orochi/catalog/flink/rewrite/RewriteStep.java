package io.orochi.catalog.flink.rewrite;

import java.util.List;
import org.apache.iceberg.FileScanTask;

/**
 * Files that are rewritten and published together.
 *
 * @param chunk the chunk whose rows they hold, or {@code unpartitioned}
 * @param tasks with the deletes that hide some of their rows
 */
public record RewriteStep(String chunk, List<FileScanTask> tasks) {
  public RewriteStep {
    tasks = List.copyOf(tasks);
  }

  /** Rows in the files, those that deletes hide included. */
  public long rows() {
    return tasks.stream().mapToLong(task -> task.file().recordCount()).sum();
  }

  public long bytes() {
    return tasks.stream().mapToLong(task -> task.file().fileSizeInBytes()).sum();
  }
}
