package io.orochi.gateway.change;

import io.orochi.gateway.plan.scan.SessionTables;
import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.Isolation;
import io.orochi.table.commit.TableChange;
import java.util.List;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Where a statement finds the table it changes, and where its change goes: into the table at once,
 * or into the session's transaction. One statement uses it at a time.
 */
public interface ChangeTarget extends SessionTables {
  /**
   * The table as this statement must read it, with what the session has staged before. What is
   * computed from its current snapshot may be handed to {@link #publish}.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if it does not exist
   */
  @Override
  Table table(Catalog catalog, TableIdentifier identifier);

  /**
   * Takes over rows that depend on nothing in the table, to be written together with later ones.
   *
   * @param table as {@link #table} gave it
   * @return false if every change has to be published by itself; nothing has happened then
   * @throws io.orochi.table.error.OrochiException NULL_NOT_ALLOWED, DISK_FULL, STORAGE_UNAVAILABLE
   */
  default boolean buffer(Table table, List<RowData> rows) {
    return false;
  }

  /** For the basis of changes. */
  Isolation isolation();

  /**
   * Takes over a change whose files are written. A transaction answers with the staged snapshot as
   * committed. After a conflict nothing of the change is in the table, and the caller deletes its
   * files and may compute it anew.
   *
   * @param table as {@link #table} gave it
   * @throws io.orochi.table.error.OrochiException if storage fails before anything is published; or
   *     if the change can no longer become part of the transaction
   */
  CommitOutcome publish(Table table, TableChange change);
}
