package io.orochi.gateway.change;

import io.orochi.gateway.explain.ChangeActuals.Files;
import io.orochi.gateway.explain.ChangeActuals.Published;
import io.orochi.table.commit.ChangedFiles;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.TableChange;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;

/** Hands all to another target and remembers what became of it. One statement. */
public final class ObservedTarget implements ChangeTarget {
  private final ChangeTarget target;
  private final List<Published> published = new ArrayList<>();
  private long buffered;
  private long nanos;

  public ObservedTarget(ChangeTarget target) {
    this.target = target;
  }

  /** What has been published, in order. */
  public List<Published> published() {
    return List.copyOf(published);
  }

  /** Rows the target keeps to write them later. */
  public long bufferedRows() {
    return buffered;
  }

  /** What publishing took, attempts that conflicted included. */
  public long publishNanos() {
    return nanos;
  }

  @Override
  public Table table(Catalog catalog, TableIdentifier identifier) {
    return target.table(catalog, identifier);
  }

  @Override
  public boolean readsCommitted() {
    return target.readsCommitted();
  }

  @Override
  public void willRead(Table table, Expression filter) {
    target.willRead(table, filter);
  }

  @Override
  public boolean buffer(Table table, List<RowData> rows) {
    boolean taken = target.buffer(table, rows);
    buffered += taken ? rows.size() : 0;
    return taken;
  }

  @Override
  public Isolation isolation() {
    return target.isolation();
  }

  @Override
  public CommitOutcome publish(Table table, TableChange change) {
    long start = System.nanoTime();
    try {
      CommitOutcome outcome = target.publish(table, change);
      if (outcome instanceof CommitOutcome.Committed committed) {
        published.add(new Published(table.name(), committed.snapshotId(), filesOf(change.files())));
      }
      return outcome;
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  private static Files filesOf(ChangedFiles files) {
    return new Files(
        files.addedData().size(),
        files.addedData().stream().mapToLong(DataFile::fileSizeInBytes).sum(),
        files.addedDeletes().size(),
        files.removedData().size());
  }
}
