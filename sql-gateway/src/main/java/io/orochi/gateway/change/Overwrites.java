package io.orochi.gateway.change;

import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PartitionSet;

/** What INSERT OVERWRITE replaces: the partitions it has rows for, or a whole table without. */
final class Overwrites {
  private Overwrites() {}

  /** The new files, and those of the basis that they replace. */
  static ChangedFiles replace(Table table, ChangeBasis basis, ChangedFiles added) {
    if (basis.snapshotId() == null) {
      return added;
    }
    PartitionSet partitions = PartitionSet.create(table.specs());
    added.addedData().forEach(file -> partitions.add(file.specId(), file.partition()));
    List<DataFile> removed = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(basis.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        requireCurrentSpec(table, task);
        if (table.spec().isUnpartitioned()
            || partitions.contains(task.file().specId(), task.file().partition())) {
          removed.add(task.file());
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return new ChangedFiles(
        added.addedData(), added.addedDeletes(), removed, List.of(), added.digests());
  }

  private static void requireCurrentSpec(Table table, FileScanTask task) {
    if (task.file().specId() != table.spec().specId()) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
              "Cannot overwrite partitions of " + table.name() + ": older files have other ones")
          .withDetail(task.file().location() + " was written before the partitions changed.")
          .withHint("DELETE the rows to be replaced and INSERT the new ones.");
    }
  }
}
