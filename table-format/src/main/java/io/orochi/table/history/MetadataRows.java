package io.orochi.table.history;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.MetadataTableUtils;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.CloseableIterator;

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
    Structs structs = structs();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return structs.hasNext();
      }

      @Override
      public Object[] next() {
        return PlainValues.of(columns.asStruct(), structs.next());
      }
    };
  }

  /** The rows with Iceberg's internal values. */
  public Structs structs() {
    return new Structs(tasks().iterator());
  }

  /** Rows, each of which the next one may overwrite. Freed when its end is reached, or closed. */
  public static final class Structs implements Iterator<StructLike>, Closeable {
    private final Iterator<FileScanTask> tasks;
    private CloseableIterator<StructLike> rows = CloseableIterator.empty();

    private Structs(Iterator<FileScanTask> tasks) {
      this.tasks = tasks;
    }

    @Override
    public boolean hasNext() {
      while (!rows.hasNext() && tasks.hasNext()) {
        close();
        rows = tasks.next().asDataTask().rows().iterator();
      }
      if (!rows.hasNext()) {
        close();
        rows = CloseableIterator.empty();
      }
      return rows.hasNext();
    }

    @Override
    public StructLike next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return rows.next();
    }

    @Override
    public void close() {
      try {
        rows.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
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
}
