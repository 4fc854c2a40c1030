package io.orochi.catalog.flink.source.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.FileScanTask;

/**
 * Packs files into splits. Files of one partition stay together, so that the deletes they share are
 * read once; a file is never cut, because the kernel reads its row groups in parallel anyway.
 */
public final class SplitPlanner {
  private static final long MOST_BYTES = 256L << 20;
  private static final long LEAST_BYTES = 8L << 20;

  private SplitPlanner() {}

  /**
   * @param tasks that the splits are to be spread over
   */
  public static List<KernelSplit> plan(List<FileScanTask> files, int tasks) {
    long total = files.stream().mapToLong(SplitPlanner::bytes).sum();
    long target = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, total / Math.max(1, tasks)));
    List<FileScanTask> sorted = new ArrayList<>(files);
    sorted.sort(
        Comparator.comparing((FileScanTask file) -> file.spec().specId())
            .thenComparing(file -> file.spec().partitionToPath(file.file().partition()))
            .thenComparing(file -> file.file().location()));
    List<KernelSplit> splits = new ArrayList<>();
    List<String> pack = new ArrayList<>();
    long bytes = 0;
    for (FileScanTask file : sorted) {
      // What is nearer to the target: files of one size, shared out evenly, leave no small rest.
      if (!pack.isEmpty() && bytes + bytes(file) / 2 > target) {
        splits.add(split(splits.size(), pack, bytes));
        pack = new ArrayList<>();
        bytes = 0;
      }
      pack.add(file.file().location());
      bytes += bytes(file);
    }
    if (!pack.isEmpty()) {
      splits.add(split(splits.size(), pack, bytes));
    }
    return splits;
  }

  private static KernelSplit split(int number, List<String> files, long bytes) {
    return new KernelSplit("files-" + number, files, bytes);
  }

  private static long bytes(FileScanTask file) {
    return file.file().fileSizeInBytes();
  }
}
