package io.orochi.catalog.flink.rewrite;

import io.orochi.catalog.hypertable.ChunkNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** Finds the files that do not lie as the table's partition spec says. */
final class RewritePlanner {
  private final long stepBytes;

  /**
   * @param stepBytes about how much one step reads; a larger file is a step of its own
   */
  RewritePlanner(long stepBytes) {
    this.stepBytes = stepBytes;
  }

  /** Ordered by chunk; empty if every file lies right. Uses the table as it was last loaded. */
  List<RewriteStep> plan(Table table) {
    ChunkNames names = ChunkNames.of(table);
    Map<String, List<FileScanTask>> byChunk = new TreeMap<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        if (task.file().specId() != table.spec().specId()) {
          byChunk.computeIfAbsent(names.of(task.file()), any -> new ArrayList<>()).add(task);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot plan files of " + table.name(), e);
    }
    List<RewriteStep> steps = new ArrayList<>();
    byChunk.forEach((chunk, tasks) -> steps.addAll(split(chunk, tasks)));
    return steps;
  }

  private List<RewriteStep> split(String chunk, List<FileScanTask> tasks) {
    List<RewriteStep> steps = new ArrayList<>();
    List<FileScanTask> step = new ArrayList<>();
    long bytes = 0;
    for (FileScanTask task : tasks) {
      if (!step.isEmpty() && bytes + task.file().fileSizeInBytes() > stepBytes) {
        steps.add(new RewriteStep(chunk, step));
        step = new ArrayList<>();
        bytes = 0;
      }
      step.add(task);
      bytes += task.file().fileSizeInBytes();
    }
    steps.add(new RewriteStep(chunk, step));
    return steps;
  }
}
