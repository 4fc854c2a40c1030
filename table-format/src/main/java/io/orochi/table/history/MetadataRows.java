package io.orochi.table.history;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The rows of one of Iceberg's metadata tables as plain values. They are read one manifest at a
 * time, so that their number does not matter; each iteration reads them anew.
 */
public final class MetadataRows implements Iterable<Object[]> {
  private final Table table;
  private final Long snapshotId;
  private final Schema columns;

  /**
   * @param table as {@link #table} gives it
   * @param snapshotId null for the current one
   * @param columns some of the table's
   */
  public MetadataRows(Table table, Long snapshotId, Schema columns) {
    this.table = table;
    this.snapshotId = snapshotId;
    this.columns = columns;
  }

  /** The metadata table of a table. */
  public static Table table(Table described, String aspect) {
    return MetadataTableUtils.createMetadataTableInstance(
        described, MetadataTableType.from(aspect));
  }

  @Override
  public Iterator<Object[]> iterator() {
    Iterator<FileScanTask> tasks = tasks().iterator();
    return new Iterator<>() {
      private Iterator<Object[]> rows = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!rows.hasNext() && tasks.hasNext()) {
          rows = rows(tasks.next()).iterator();
        }
        return rows.hasNext();
      }

      @Override
      public Object[] next() {
        hasNext();
        return rows.next();
      }
    };
  }

  private List<FileScanTask> tasks() {
    TableScan scan = table.newScan().project(columns);
    if (snapshotId != null) {
      scan = useSnapshot(scan);
    }
    List<FileScanTask> tasks = new ArrayList<>();
    try (CloseableIterable<FileScanTask> planned = scan.planFiles()) {
      planned.forEach(tasks::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tasks;
  }

  private TableScan useSnapshot(TableScan scan) {
    try {
      return scan.useSnapshot(snapshotId).project(columns);
    } catch (UnsupportedOperationException timeless) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              "Cannot read " + table.name() + " as of a snapshot")
          .withDetail("It describes all snapshots.")
          .withHint("Filter its rows instead.")
          .causedBy(timeless);
    }
  }

  private List<Object[]> rows(FileScanTask task) {
    List<Object[]> rows = new ArrayList<>();
    try (CloseableIterable<StructLike> found = task.asDataTask().rows()) {
      for (StructLike row : found) {
        rows.add(PlainValues.of(columns.asStruct(), row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
