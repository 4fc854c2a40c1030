package io.orochi.catalog.flink.sink.change;

import io.orochi.catalog.flink.source.kernel.SharedKernels;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.TableChange;
import io.orochi.table.delete.RowDeletes;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.keys.KeyKernel;
import io.orochi.table.kernel.keys.NewRows;
import io.orochi.table.kernel.keys.UniqueKeys;
import io.orochi.table.kernel.scan.ScanRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.utils.ProjectedRowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;

/** Gathers the rows of a change and makes one commit of them. One thread. */
final class ChangedRows implements AutoCloseable {
  private final Table table;
  private final RowChange change;
  private final DigestingFileIO io;
  private final RowWriter written;
  private final RowDeletes deletes;
  private final Map<String, Integer> files = new HashMap<>();
  private final ProjectedRowData columns;
  private long count;

  /**
   * @throws OrochiException COMMIT_CONFLICT if the table's columns are others than were read
   */
  ChangedRows(Table table, RowChange change, RowWriter.Factory writers) {
    if (table.schema().schemaId() != change.schemaId()) {
      throw OrochiException.of(
              OrochiErrorCode.COMMIT_CONFLICT, "Cannot change rows of " + table.name())
          .withDetail("Its columns have changed since the statement began.")
          .withHint("Run the statement again.");
    }
    this.table = table;
    this.change = change;
    this.io = new DigestingFileIO(table.io());
    this.written = writers.open(table, io);
    List<FileScanTask> tasks = tasks();
    this.deletes = new RowDeletes(table, tasks);
    tasks.forEach(task -> files.put(task.file().location(), files.size()));
    int[] first = new int[change.columns()];
    for (int i = 0; i < first.length; i++) {
      first[i] = i;
    }
    this.columns = ProjectedRowData.from(first);
  }

  private List<FileScanTask> tasks() {
    return change.snapshotId() == null
        ? List.of()
        : SharedKernels.planner()
            .plan(table, new ScanRequest(change.snapshotId(), List.of(), Expressions.alwaysTrue()))
            .tasks();
  }

  /** A row that is named twice counts once. */
  void add(RowData row) {
    String file = row.getString(change.columns()).toString();
    boolean first = deletes.add(files.get(file), row.getLong(change.columns() + 1));
    if (first) {
      count++;
      if (change.writesRows()) {
        written.write(columns.replaceRow(row));
      }
    }
  }

  /** What was read and what becomes of it; empty files if there were no rows. */
  TableChange finish(KeyKernel keys) {
    List<DataFile> added = written.finish();
    ChangeBasis basis =
        new ChangeBasis(change.snapshotId(), Isolation.SNAPSHOT, Expressions.alwaysTrue());
    Optional<UniqueKeys> unique = added.isEmpty() ? Optional.empty() : UniqueKeys.of(table);
    if (unique.isPresent()) {
      basis = unique.get().keep(new NewRows(change.kind(), added), deletes, keys).basis(basis);
    }
    RowDeletes.Files gone = deletes.write(io);
    ChangedFiles changed =
        new ChangedFiles(
            without(added, gone.removedData()),
            gone.added(),
            without(gone.removedData(), added),
            gone.removedDeletes(),
            io.drainDigests());
    return new TableChange(change.kind(), basis, changed);
  }

  private static List<DataFile> without(List<DataFile> files, List<DataFile> others) {
    Set<String> gone = new HashSet<>();
    others.forEach(file -> gone.add(file.location()));
    return files.stream().filter(file -> !gone.contains(file.location())).toList();
  }

  long count() {
    return count;
  }

  /** Deletes what was written, unless it is finished. */
  @Override
  public void close() {
    written.close();
  }
}
