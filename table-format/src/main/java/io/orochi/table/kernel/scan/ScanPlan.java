package io.orochi.table.kernel.scan;

import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;

/**
 * The files of one snapshot that a request must read. Immutable; valid as long as the snapshot is
 * not expired.
 *
 * @param snapshotId null if the table has no snapshot
 * @param schema the requested columns as the snapshot's reader sees them
 * @param tasks whole files, each with its own deletes
 */
public record ScanPlan(
    Table table,
    Long snapshotId,
    Schema schema,
    List<FileScanTask> tasks,
    ScanCounts read,
    ScanCounts total) {
  public ScanPlan {
    tasks = List.copyOf(tasks);
  }

  public long filesRead() {
    return read.files();
  }

  public long filesTotal() {
    return total.files();
  }

  public long bytesRead() {
    return read.bytes();
  }

  public long bytesTotal() {
    return total.bytes();
  }

  public long chunksRead() {
    return read.chunks();
  }

  public long chunksTotal() {
    return total.chunks();
  }

  public long shardsRead() {
    return read.shards();
  }

  public long shardsTotal() {
    return total.shards();
  }
}
