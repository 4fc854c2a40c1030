package io.orochi.table.commit;

import io.orochi.table.digest.Digest;
import io.orochi.table.io.DurableFileIO;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a commit, with everything written but the pointer to it. The Puffin file is
 * written after the snapshot has its id and before the swap; the summary names it.
 *
 * <p>Several of them may be staged in one Iceberg transaction, one after the other: each sees what
 * those before it staged. Whoever owns the transaction publishes it, and discards all if it does
 * not. Used by one thread.
 */
public final class StagedCommit {
  private static final Logger LOG = LoggerFactory.getLogger(StagedCommit.class);

  /** What Iceberg puts where the sequence number of a snapshot is not known yet. */
  private final Transaction transaction;

  private final FileIO io;
  private final String statisticsLocation;
  private final SourcePosition merged;
  private long snapshotId;

  /**
   * Writes nothing yet.
   *
   * @param merged the position to publish, with the offsets of all splits
   */
  public StagedCommit(Transaction transaction, SourcePosition merged) {
    this.transaction = transaction;
    this.merged = merged;
    this.io = DurableFileIO.around(transaction.table().io());
    this.statisticsLocation =
        ((HasTableOperations) transaction.table())
            .operations()
            .metadataFileLocation("orochi-" + UUID.randomUUID() + ".puffin");
  }

  WriterHistory.Published published() {
    return new WriterHistory.Published(snapshotId, merged.sequence(), statisticsLocation);
  }

  /**
   * Writes manifests and statistics into the transaction. After a failure nothing is published.
   *
   * @return the staged snapshot
   * @throws org.apache.iceberg.exceptions.ValidationException if the table changed since the basis
   *     in a way the change cannot follow
   */
  public long write(TableChange change, Instant now) {
    return write(change, now, SnapshotAncestryValidator.NON_VALIDATING);
  }

  /**
   * @param validator sees the history that each try of the swap builds on
   */
  long write(TableChange change, Instant now, SnapshotAncestryValidator validator) {
    SnapshotUpdate<?> update = update(change);
    new CommitSummary(merged.writer(), merged.sequence(), statisticsLocation, now)
        .properties()
        .forEach(update::set);
    update.set(CommitSummary.CHANGE, change.kind().text());
    update.validateWith(validator);
    update.commit();
    snapshotId = transaction.table().currentSnapshot().snapshotId();
    StatisticsFile statistics =
        new SnapshotStatistics(List.of(merged), digests(change.files()))
            .write(io, statisticsLocation, snapshotId);
    transaction.updateStatistics().setStatistics(statistics).commit();
    return snapshotId;
  }

  private SnapshotUpdate<?> update(TableChange change) {
    if (change.kind() == ChangeKind.REWRITE) {
      return rewrite(change);
    }
    boolean dependsOnNothing =
        change.kind() != ChangeKind.MERGE && change.basis().isolation() != Isolation.UNIQUE_KEYS;
    return change.files().appendsOnly() && dependsOnNothing
        ? append(change.files())
        : rowDelta(change);
  }

  void swap() {
    transaction.commitTransaction();
  }

  /**
   * Deletes the Puffin file, which Iceberg does not know of; call it only if nothing was published.
   */
  public void discard() {
    try {
      io.deleteFile(statisticsLocation);
    } catch (NotFoundException neverWritten) {
      LOG.debug("{} was not written", statisticsLocation);
    } catch (RuntimeException stillThere) {
      LOG.warn("Cannot delete {}; orphan removal will", statisticsLocation, stillThere);
    }
  }

  private AppendFiles append(ChangedFiles files) {
    AppendFiles append = transaction.newAppend();
    files.addedData().forEach(append::appendFile);
    return append;
  }

  /**
   * The new files take the age of the rows that were read, so that an equality delete which came
   * since still finds them.
   */
  private RewriteFiles rewrite(TableChange change) {
    ChangedFiles files = change.files();
    long read = change.basis().snapshotId();
    RewriteFiles rewrite = transaction.newRewrite().validateFromSnapshot(read);
    files.removedData().forEach(rewrite::deleteFile);
    files.removedDeletes().forEach(rewrite::deleteFile);
    files.addedData().forEach(rewrite::addFile);
    return rewrite.dataSequenceNumber(transaction.table().snapshot(read).sequenceNumber());
  }

  private RowDelta rowDelta(TableChange change) {
    ChangedFiles files = change.files();
    RowDelta delta = transaction.newRowDelta();
    files.addedData().forEach(delta::addRows);
    files.addedDeletes().forEach(delta::addDeletes);
    files.removedData().forEach(delta::removeRows);
    files.removedDeletes().forEach(delta::removeDeletes);
    ChangeValidation.apply(change, delta);
    return delta;
  }

  private static Map<String, Digest> digests(ChangedFiles files) {
    Map<String, Digest> digests = new HashMap<>();
    Stream.concat(files.addedData().stream(), files.addedDeletes().stream())
        .map(ContentFile::location)
        .forEach(
            location -> digests.computeIfAbsent(location, unused -> files.digests().get(location)));
    return digests;
  }
}
