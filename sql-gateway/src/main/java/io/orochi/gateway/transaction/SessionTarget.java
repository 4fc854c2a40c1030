package io.orochi.gateway.transaction;

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

/** Into the session's transaction while it has one, and into the tables otherwise. */
public final class SessionTarget implements ChangeTarget {
  private final SessionTransaction transaction;
  private final ChangeTarget outside;

  public SessionTarget(SessionTransaction transaction, ChangeTarget outside) {
    this.transaction = transaction;
    this.outside = outside;
  }

  @Override
  public Table table(Catalog catalog, TableIdentifier identifier) {
    return now().table(catalog, identifier);
  }

  @Override
  public boolean readsCommitted() {
    return now().readsCommitted();
  }

  @Override
  public void willRead(Table table, Expression filter) {
    now().willRead(table, filter);
  }

  @Override
  public boolean buffer(Table table, List<RowData> rows) {
    return now().buffer(table, rows);
  }

  @Override
  public Isolation isolation() {
    return now().isolation();
  }

  @Override
  public CommitOutcome publish(Table table, TableChange change) {
    return now().publish(table, change);
  }

  private ChangeTarget now() {
    return transaction.current().<ChangeTarget>map(StageInTransaction::new).orElse(outside);
  }
}
