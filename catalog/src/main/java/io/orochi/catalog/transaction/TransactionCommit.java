package io.orochi.catalog.transaction;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.iceberg.SwapBackoff;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.table.commit.CommitSummary;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import io.orochi.table.io.StorageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.util.SnapshotUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a transaction is published. Each attempt puts its changes on top of what the tables are now,
 * checks that nothing it depends on has changed, and swaps all pointers at once; if one has moved
 * meanwhile, it waits a little and tries again.
 */
final class TransactionCommit {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionCommit.class);

  private final OrochiIcebergCatalog catalog;
  private final StagedFiles files;
  private final TableLocks locks;

  TransactionCommit(OrochiIcebergCatalog catalog, StagedFiles files, TableLocks locks) {
    this.catalog = catalog;
    this.files = files;
    this.locks = locks;
  }

  /** The files that are referenced now. */
  Set<String> run(LakeTransaction transaction, List<StagedTable> tables, Duration patience) {
    List<TableIdentifier> changed =
        tables.stream().filter(StagedTable::isChanged).map(StagedTable::identifier).toList();
    if (changed.isEmpty()) {
      return Set.of();
    }
    try (TableLocks.Held held = locks.take(changed, patience)) {
      if (held == null) {
        throw overtaken(changed, patience, null);
      }
      return publish(transaction, tables, changed, patience);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "The commit was cancelled")
          .withDetail("Nothing was published, and the transaction is rolled back.")
          .causedBy(interrupted);
    }
  }

  private Set<String> publish(
      LakeTransaction transaction,
      List<StagedTable> tables,
      List<TableIdentifier> changed,
      Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(transaction, tables, changed);
        Set<String> referenced = new HashSet<>();
        tables.stream()
            .filter(StagedTable::isChanged)
            .forEach(table -> referenced.addAll(table.referenced()));
        return referenced;
      } catch (CommitFailedException moved) {
        if (System.nanoTime() > deadline) {
          throw overtaken(changed, patience, moved);
        }
        LOG.info("Transaction {} was overtaken, attempt {}", transaction.id(), attempt);
        SwapBackoff.pause(attempt);
      }
    }
  }

  private void attempt(
      LakeTransaction transaction, List<StagedTable> tables, List<TableIdentifier> changed) {
    List<TableCommit> commits = new ArrayList<>();
    List<MetastoreChange> unchanged = new ArrayList<>();
    for (StagedTable table : tables) {
      if (table.isChanged() || table.isRead()) {
        follow(transaction, table);
      }
      if (table.isChanged()) {
        commits.add(table.commit());
      } else if (table.isRead()) {
        String location = table.base().metadataFileLocation();
        unchanged.add(
            new MetastoreChange.Replace(TablePointers.key(table.identifier()), location, location));
      }
    }
    files.committing(tables.stream().filter(StagedTable::isChanged).toList());
    Fault.at("transaction.before-swap");
    try {
      catalog.commitTransaction(commits, unchanged);
    } catch (CommitStateUnknownException lost) {
      if (!isPublished(transaction, changed.get(0))) {
        throw OrochiException.of(
                OrochiErrorCode.COMMIT_STATE_UNKNOWN,
                "Cannot tell whether transaction " + transaction.id() + " was committed")
            .withDetail(String.valueOf(lost.getMessage()))
            .withHint(
                "All of it is committed or nothing: look for a snapshot whose "
                    + CommitSummary.WRITER
                    + " is transaction-"
                    + transaction.id()
                    + ".")
            .causedBy(lost);
      }
    }
    Fault.at("transaction.after-swap");
  }

  /** Moves a table's part to the table's present, if that can be. */
  private void follow(LakeTransaction transaction, StagedTable table) {
    Table loaded = load(transaction, table);
    TableMetadata now = ((HasTableOperations) loaded).operations().current();
    if (!now.uuid().equals(table.base().uuid())) {
      throw conflict(transaction, table.identifier(), "The table was dropped meanwhile.", null);
    }
    if (now.metadataFileLocation().equals(table.base().metadataFileLocation())) {
      return;
    }
    if (table.isRead()) {
      Optional<Snapshot> other = table.validationOn(now).firstConflictSince(table.readSince());
      if (other.isPresent()) {
        throw conflict(
            transaction,
            table.identifier(),
            "Rows this transaction has read were changed. " + OtherSide.describe(other.get()),
            null);
      }
    }
    try {
      table.moveTo(now);
    } catch (ValidationException refused) {
      throw conflict(
          transaction, table.identifier(), OtherSide.since(loaded, table.readSince()), refused);
    } catch (CommitFailedException refused) {
      throw refused;
    } catch (OrochiException coded) {
      throw coded;
    } catch (RuntimeException failed) {
      throw StorageFailure.of("commit to " + table.identifier(), failed);
    }
  }

  private Table load(LakeTransaction transaction, StagedTable table) {
    try {
      return catalog.loadTable(table.identifier());
    } catch (NoSuchTableException dropped) {
      throw conflict(transaction, table.identifier(), "The table was dropped meanwhile.", dropped);
    }
  }

  private boolean isPublished(LakeTransaction transaction, TableIdentifier table) {
    try {
      for (Snapshot snapshot : SnapshotUtil.currentAncestors(catalog.loadTable(table))) {
        if (CommitSummary.of(snapshot)
            .filter(summary -> summary.writer().equals("transaction-" + transaction.id()))
            .isPresent()) {
          return true;
        }
      }
    } catch (RuntimeException unreachable) {
      LOG.warn("Cannot look for transaction {}", transaction.id(), unreachable);
    }
    return false;
  }

  static OrochiException conflict(
      LakeTransaction transaction, TableIdentifier table, String other, Exception cause) {
    String reason = cause instanceof ValidationException ? " " + cause.getMessage() + "." : "";
    return OrochiException.of(
            OrochiErrorCode.TRANSACTION_CONFLICT,
            "Cannot commit: another commit to table " + table + " came first")
        .withDetail(other + reason)
        .withHint("Nothing of this transaction is published; run it again.")
        .causedBy(cause);
  }

  private static OrochiException overtaken(
      List<TableIdentifier> tables, Duration patience, Exception cause) {
    return OrochiException.of(
            OrochiErrorCode.LOCK_TIMEOUT,
            "Cannot commit within " + patience.toMillis() + " ms: others commit to " + tables)
        .withHint("Run the transaction again, or raise 'orochi.lock-timeout'.")
        .causedBy(cause);
  }
}
