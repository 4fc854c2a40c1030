package io.orochi.table.kernel.scan;

import io.orochi.table.layout.TableLayout;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;

/** How much of a table something touches. A chunk is a time range, a shard a bucket. */
public record ScanCounts(long files, long bytes, long chunks, long shards) {
  static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0);

  /**
   * @param layout null if the table is not a hypertable
   */
  static ScanCounts of(Table table, TableLayout layout, List<FileScanTask> tasks) {
    Cells cells = new Cells(layout, table.specs());
    long bytes = 0;
    for (FileScanTask task : tasks) {
      bytes += task.file().fileSizeInBytes();
      cells.add(task.file().specId(), task.file().partition());
    }
    return new ScanCounts(tasks.size(), bytes, cells.chunks(), cells.shards());
  }
}
