package io.orochi.catalog.transaction;

import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.StagedCommit;
import io.orochi.table.commit.TableChange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.BaseTransaction;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;

/**
 * One table inside a transaction: what it was, what was read of it, and the one change that all
 * statements together make. The change is staged, with manifests, only when a statement reads the
 * table or the transaction commits. Guarded by its transaction.
 */
final class StagedTable {
  private static final long ONLY_SEQUENCE = 1;

  private final TableIdentifier identifier;
  private final String name;
  private final TableOperations stored;
  private final StagedFiles files;
  private final String writer;
  private final Clock clock;
  private final List<Expression> reads = new ArrayList<>();
  private TableMetadata base;
  private Long readSince;
  private TableChange change;
  private TableMetadata staged;
  private PendingRows pending;

  /** What the tables of one transaction share. */
  record Shared(StagedFiles files, String writer, Clock clock) {}

  /**
   * @param base what the transaction sees of the table before it changes anything
   */
  StagedTable(TableIdentifier identifier, Table loaded, TableMetadata base, Shared shared) {
    this.identifier = identifier;
    this.name = loaded.name();
    this.stored = ((HasTableOperations) loaded).operations();
    this.files = shared.files();
    this.writer = shared.writer();
    this.clock = shared.clock();
    this.base = base;
    this.readSince = snapshotId(base);
  }

  TableIdentifier identifier() {
    return identifier;
  }

  boolean isChanged() {
    return change != null || pending != null;
  }

  boolean isRead() {
    return !reads.isEmpty();
  }

  TableMetadata base() {
    return base;
  }

  /** The snapshot since which reads must hold; null if the table had none. */
  Long readSince() {
    return readSince;
  }

  Table table() {
    return new PinnedTable(operations(this::current), name, base, this);
  }

  void read(Expression filter) {
    if (reads.stream().noneMatch(known -> known.toString().equals(filter.toString()))) {
      reads.add(filter);
    }
  }

  ReadValidation validationOn(TableMetadata newer) {
    return new ReadValidation(new BaseTable(operations(() -> newer), name), reads);
  }

  void add(TableChange next) {
    if (next.files().isEmpty()) {
      return;
    }
    change =
        change == null ? ChangeFold.on(next, readSince) : ChangeFold.fold(change, next, readSince);
    staged = null;
  }

  /** What new rows wait in. */
  PendingRows pending(Supplier<PendingRows> open) {
    if (pending == null) {
      pending = open.get();
    }
    return pending;
  }

  /** Rows nobody will read. */
  void giveUpPending() {
    if (pending != null) {
      PendingRows lost = pending;
      pending = null;
      lost.abort();
    }
  }

  private void addPending() {
    if (pending != null) {
      PendingRows done = pending;
      pending = null;
      add(done.finish());
    }
  }

  /**
   * Puts the change on top of a newer state of the table. Nothing has happened if it throws.
   *
   * @throws org.apache.iceberg.exceptions.ValidationException if the change cannot follow
   */
  void moveTo(TableMetadata newer) {
    addPending();
    if (change != null) {
      staged = stage(newer);
    }
    base = newer;
  }

  /** The same, and from now on what was committed up to there is as if it had been read. */
  void catchUpWith(TableMetadata newer) {
    moveTo(newer);
    readSince = snapshotId(newer);
    reads.clear();
    if (change != null) {
      change = ChangeFold.on(change, readSince);
    }
  }

  TableMetadata current() {
    addPending();
    if (change == null) {
      return base;
    }
    if (staged == null) {
      staged = stage(base);
    }
    return staged;
  }

  TableCommit commit() {
    return TableCommit.create(identifier, base, current());
  }

  long stagedSnapshotId() {
    return current().currentSnapshot().snapshotId();
  }

  String stagedLocation() {
    return base.metadataFileLocation();
  }

  /** The files of the transaction that a reader needs once the staged state is published. */
  Set<String> referenced() {
    Set<String> referenced = new HashSet<>();
    Snapshot snapshot = current().currentSnapshot();
    referenced.add(snapshot.manifestListLocation());
    snapshot.allManifests(stored.io()).forEach(manifest -> referenced.add(manifest.path()));
    change.files().addedData().forEach(file -> referenced.add(file.location()));
    change.files().addedDeletes().forEach(file -> referenced.add(file.location()));
    current().statisticsFiles().stream().map(StatisticsFile::path).forEach(referenced::add);
    return referenced;
  }

  private TableMetadata stage(TableMetadata on) {
    BaseTransaction transaction =
        (BaseTransaction) Transactions.newTransaction(name, operations(() -> on));
    new StagedCommit(transaction, new SourcePosition(writer, ONLY_SEQUENCE, Map.of()))
        .write(change, clock.instant());
    return transaction.currentMetadata();
  }

  private PinnedOperations operations(Supplier<TableMetadata> metadata) {
    return new PinnedOperations(stored, metadata, files);
  }

  static Long snapshotId(TableMetadata metadata) {
    return metadata.currentSnapshot() == null ? null : metadata.currentSnapshot().snapshotId();
  }
}
