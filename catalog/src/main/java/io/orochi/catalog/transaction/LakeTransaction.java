package io.orochi.catalog.transaction;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.transaction.TransactionState.Phase;
import io.orochi.catalog.transaction.TransactionState.TableUse;
import io.orochi.table.commit.TableChange;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;

/**
 * Changes of several tables that become visible at one point in time, or never. Statements stage
 * files, which only this transaction reads; the commit publishes them with one compare-and-set of
 * all pointers. Whoever commits first wins.
 *
 * <p>One statement uses it at a time; {@link #state} may be asked by any thread.
 */
public final class LakeTransaction {
  private final Identity identity;
  private final OrochiIcebergCatalog catalog;
  private final StagedFiles files;
  private final TableLocks locks;
  private final Clock clock;
  private final Runnable ended;
  private final StagedTable.Shared shared;
  private final Map<TableIdentifier, StagedTable> tables = new LinkedHashMap<>();
  private TablePointers pointers;
  private Instant lastUsedAt;
  private long statements;
  private Phase phase = Phase.ACTIVE;

  record Identity(String id, String session, TransactionIsolation isolation, Instant startedAt) {}

  LakeTransaction(
      Identity identity,
      OrochiIcebergCatalog catalog,
      StagedFiles files,
      TableLocks locks,
      Clock clock,
      Runnable ended) {
    this.identity = identity;
    this.catalog = catalog;
    this.files = files;
    this.locks = locks;
    this.clock = clock;
    this.ended = ended;
    this.shared = new StagedTable.Shared(files, "transaction-" + identity.id(), clock);
    this.lastUsedAt = identity.startedAt();
  }

  public String id() {
    return identity.id();
  }

  public TransactionIsolation isolation() {
    return identity.isolation();
  }

  public synchronized Instant lastUsedAt() {
    return lastUsedAt;
  }

  /** A statement begins: at READ COMMITTED it sees what was committed up to now. */
  public synchronized void beginStatement() {
    requireActive();
    statements++;
    lastUsedAt = clock.instant();
    if (isolation() == TransactionIsolation.READ_COMMITTED) {
      pointers = null;
    }
  }

  /** Its time of being idle begins. */
  public synchronized void endStatement() {
    lastUsedAt = clock.instant();
  }

  /**
   * A table as this statement must read it.
   *
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if it did not exist then
   * @throws OrochiException TRANSACTION_CONFLICT at READ COMMITTED, if what this transaction has
   *     changed was changed by another meanwhile
   */
  public synchronized Table table(TableIdentifier identifier) {
    requireActive();
    if (pointers == null) {
      pointers = TablePointers.now(catalog);
    }
    StagedTable table = tables.get(identifier);
    if (table == null) {
      Table loaded = catalog.loadTable(identifier);
      table = new StagedTable(identifier, loaded, pointers.metadata(loaded, identifier), shared);
      tables.put(identifier, table);
    } else if (!pointers.isAt(identifier, table.base())) {
      catchUp(table, identifier);
    }
    return table.table();
  }

  /**
   * Notes what a statement reads. Only a SERIALIZABLE transaction has to hold to it.
   *
   * @param table as {@link #table} gave it
   */
  public synchronized void noteRead(Table table, Expression filter) {
    if (isolation() == TransactionIsolation.SERIALIZABLE && table instanceof PinnedTable pinned) {
      pinned.staged().read(filter);
    }
  }

  /**
   * Takes over a change whose files are written.
   *
   * @param table as {@link #table} gave it
   * @return the snapshot that holds it, as later statements of this transaction see it
   */
  public synchronized long stage(Table table, TableChange change) {
    requireActive();
    StagedTable staged = ((PinnedTable) table).staged();
    if (change.basis().snapshotId() != null) {
      noteRead(table, change.basis().filter());
    }
    staged.add(change);
    return change.basis().snapshotId() == null ? -1 : staged.stagedSnapshotId();
  }

  /**
   * Lets new rows of a table wait until the table is read or the transaction commits.
   *
   * @param table as {@link #table} gave it
   * @param open makes what they wait in, if none waits yet
   * @param write adds them to it
   */
  public synchronized void buffer(
      Table table, Supplier<PendingRows> open, Consumer<PendingRows> write) {
    requireActive();
    write.accept(((PinnedTable) table).staged().pending(open));
  }

  /**
   * Publishes everything, or nothing. The transaction has ended either way.
   *
   * @param patience how long to try while others commit to the same tables
   * @throws OrochiException TRANSACTION_CONFLICT naming the other side, LOCK_TIMEOUT; nothing is
   *     published then. COMMIT_STATE_UNKNOWN: everything or nothing is
   */
  public void commit(Duration patience) {
    List<StagedTable> all;
    synchronized (this) {
      requireActive();
      phase = Phase.COMMITTING;
      all = List.copyOf(tables.values());
    }
    try {
      Set<String> referenced =
          new TransactionCommit(catalog, files, locks).run(this, all, patience);
      files.deleteAllBut(referenced, catalog.fileIO());
    } catch (OrochiException failure) {
      if (failure.code() == OrochiErrorCode.COMMIT_STATE_UNKNOWN) {
        files.close();
      } else {
        files.deleteAllBut(Set.of(), catalog.fileIO());
      }
      throw failure;
    } catch (RuntimeException | Error unexpected) {
      files.close();
      throw unexpected;
    } finally {
      all.forEach(StagedTable::giveUpPending);
      end();
    }
  }

  /** Forgets everything; the files are deleted. Idempotent. */
  public void rollback() {
    synchronized (this) {
      if (phase != Phase.ACTIVE) {
        return;
      }
      tables.values().forEach(StagedTable::giveUpPending);
      files.deleteAllBut(Set.of(), catalog.fileIO());
    }
    end();
  }

  public synchronized TransactionState state() {
    boolean locked = phase == Phase.COMMITTING;
    return new TransactionState(
        id(),
        identity.session(),
        isolation(),
        phase,
        identity.startedAt(),
        lastUsedAt,
        statements,
        tables.values().stream()
            .map(t -> new TableUse(t.identifier(), t.isChanged(), locked && t.isChanged()))
            .toList());
  }

  private void end() {
    synchronized (this) {
      phase = Phase.ENDED;
    }
    ended.run();
  }

  private void catchUp(StagedTable table, TableIdentifier identifier) {
    try {
      table.catchUpWith(pointers.metadata(catalog.loadTable(identifier), identifier));
    } catch (ValidationException changed) {
      throw TransactionCommit.conflict(
          this,
          identifier,
          OtherSide.since(catalog.loadTable(identifier), table.readSince()),
          changed);
    }
  }

  private void requireActive() {
    if (phase != Phase.ACTIVE) {
      throw OrochiException.of(
              OrochiErrorCode.NO_TRANSACTION, "Transaction " + id() + " has ended already")
          .withHint("BEGIN starts a new one.");
    }
  }
}
