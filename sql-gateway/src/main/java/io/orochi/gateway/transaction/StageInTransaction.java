package io.orochi.gateway.transaction;

import io.orochi.catalog.transaction.LakeTransaction;
import io.orochi.catalog.transaction.PendingRows;
import io.orochi.catalog.transaction.TransactionIsolation;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.TableChange;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;

/** Inside a transaction changes are kept until its commit. */
record StageInTransaction(LakeTransaction transaction) implements ChangeTarget {
  @Override
  public Table table(Catalog catalog, TableIdentifier identifier) {
    return transaction.table(identifier);
  }

  /** Even before the first change: a transaction may read an older snapshot than others. */
  @Override
  public boolean readsCommitted() {
    return false;
  }

  @Override
  public void willRead(Table table, Expression filter) {
    transaction.noteRead(table, filter);
  }

  @Override
  public boolean buffer(Table table, List<RowData> rows) {
    transaction.buffer(table, () -> new BufferedRows(table), pending -> write(pending, rows));
    return true;
  }

  private static void write(PendingRows pending, List<RowData> rows) {
    ((BufferedRows) pending).write(rows);
  }

  @Override
  public Isolation isolation() {
    return transaction.isolation() == TransactionIsolation.SERIALIZABLE
        ? Isolation.SERIALIZABLE
        : Isolation.SNAPSHOT;
  }

  @Override
  public CommitOutcome publish(Table table, TableChange change) {
    return new CommitOutcome.Committed(transaction.stage(table, change));
  }
}
