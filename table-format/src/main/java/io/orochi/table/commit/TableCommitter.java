package io.orochi.table.commit;

import io.orochi.table.fault.Fault;
import io.orochi.table.io.StorageFailure;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes files and source position in one snapshot, exactly once.
 *
 * <p>A commit is four steps. <b>Look</b>: if the table's history already has a snapshot of this
 * writer and sequence, that is the outcome. <b>Write</b>: manifests, and one Puffin file with the
 * position and the digests. <b>Swap</b>: the catalog exchanges one metadata pointer, which
 * publishes files, position and digests together; when another commit came first, Iceberg builds on
 * it and tries again, and each try looks again, so two processes that believe to be the same writer
 * cannot both succeed. <b>Answer</b>.
 *
 * <p>A worked failure. A job writes files A and B up to offset 500 and commits them as sequence 7.
 * The database swaps the pointer, then the network fails; the job dies without an answer, restarts
 * from its checkpoint and commits sequence 7 again. The look finds the snapshot of sequence 7 and
 * returns it: A and B are in the table once. Had the network failed before the swap, the look would
 * find nothing and the commit would go through, with A and B in the table once again. In neither
 * case does the job have to know which of the two happened, and in neither does it delete A or B.
 *
 * <p>Used by one thread. A committer that lives on looks only at the snapshots that came since its
 * last commit.
 */
public final class TableCommitter {
  private static final Logger LOG = LoggerFactory.getLogger(TableCommitter.class);

  /** Each attempt holds Iceberg's own retries, with their growing waits. */
  private static final int ATTEMPTS = 10;

  private final Table table;
  private final Clock clock;
  private final Function<Snapshot, Optional<CommitSummary>> summaries;
  private WriterHistory history;

  public TableCommitter(Table table, Clock clock) {
    this(table, clock, CommitSummary::of);
  }

  /**
   * @param summaries how a snapshot tells who made it; tests turn the look off with it
   */
  TableCommitter(Table table, Clock clock, Function<Snapshot, Optional<CommitSummary>> summaries) {
    this.table = Objects.requireNonNull(table);
    this.clock = Objects.requireNonNull(clock);
    this.summaries = Objects.requireNonNull(summaries);
  }

  /**
   * Publishes the request, or finds that it was published before.
   *
   * @throws io.orochi.table.error.OrochiException DISK_FULL or STORAGE_UNAVAILABLE if storage
   *     failed before the swap: nothing was published, and the same request may be tried again.
   *     METADATA_CORRUPT if the writer's last position cannot be read
   */
  public CommitOutcome commit(CommitRequest request) {
    return publish(request.position(), request.change());
  }

  /**
   * Publishes a change, or finds that it was published before. It conflicts if another commit since
   * its basis changed what it depends on.
   *
   * @param position under which the change can be found again
   * @throws io.orochi.table.error.OrochiException as {@link #commit} does
   */
  public CommitOutcome publish(SourcePosition position, TableChange change) {
    String refusal = "";
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      SwapAttempts swaps = new SwapAttempts(((HasTableOperations) table).operations());
      Transaction transaction = begin(position.writer(), swaps);
      Optional<CommitOutcome> earlier = look(transaction.table(), position);
      if (earlier.isPresent()) {
        return earlier.get();
      }
      try {
        return writeAndSwap(transaction, swaps, position, change);
      } catch (CommitFailedException overtaken) {
        refusal = String.valueOf(overtaken.getMessage());
        LOG.info("Commit to {} was overtaken, attempt {}", table.name(), attempt);
      }
    }
    return conflicted(position, refusal);
  }

  /**
   * The newest position a writer has published in the table's current history, with the offsets of
   * all its splits. Refreshes the table.
   *
   * @throws io.orochi.table.error.OrochiException METADATA_CORRUPT, STORAGE_UNAVAILABLE
   */
  public static Optional<SourcePosition> lastPosition(Table table, String writer) {
    table.refresh();
    WriterHistory history = new WriterHistory(writer, CommitSummary::of);
    history.advance(table);
    return history
        .newest()
        .map(newest -> new SourcePosition(writer, newest.sequence(), history.splits(table.io())));
  }

  private Transaction begin(String writer, SwapAttempts swaps) {
    if (history == null || !history.isOf(writer)) {
      history = new WriterHistory(writer, summaries);
    }
    try {
      return Transactions.newTransaction(table.name(), swaps);
    } catch (RuntimeException unreachable) {
      throw StorageFailure.of("commit to " + table.name(), unreachable);
    }
  }

  /** The outcome of the same commit made earlier; empty if this one is new. */
  private Optional<CommitOutcome> look(Table current, SourcePosition position) {
    history.advance(current);
    Optional<WriterHistory.Published> newest =
        history.newest().filter(published -> published.sequence() >= position.sequence());
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    if (newest.get().sequence() == position.sequence()) {
      return Optional.of(new CommitOutcome.Committed(newest.get().snapshotId()));
    }
    return Optional.of(
        history
            .find(current, position.sequence())
            .<CommitOutcome>map(found -> new CommitOutcome.Committed(found.snapshotId()))
            .orElseGet(
                () ->
                    new CommitOutcome.Unknown(
                        "Writer "
                            + position.writer()
                            + " has published sequence "
                            + newest.get().sequence()
                            + ", and "
                            + position.sequence()
                            + " is no longer in the history of "
                            + table.name())));
  }

  /**
   * @throws CommitFailedException if another commit came first and a new attempt may succeed
   */
  private CommitOutcome writeAndSwap(
      Transaction transaction, SwapAttempts swaps, SourcePosition position, TableChange change) {
    SourcePosition merged = merge(position);
    StagedCommit staged = new StagedCommit(transaction, merged);
    RepeatGuard guard = new RepeatGuard(history);
    try {
      Fault.at("commit.before-write");
      write(staged, change, guard);
      Fault.at("commit.after-write");
      Fault.at("commit.before-swap");
      Optional<CommitOutcome> lost = swap(staged, swaps, position);
      Fault.at("commit.after-swap");
      if (lost.isPresent()) {
        return lost.get();
      }
    } catch (ValidationException changed) {
      staged.discard();
      if (guard.refused()) {
        throw new CommitFailedException(changed, "Another process publishes as the same writer");
      }
      return conflicted(position, changed.getMessage());
    } catch (CommitFailedException overtaken) {
      staged.discard();
      throw overtaken;
    }
    history.published(staged.published(), merged);
    return new CommitOutcome.Committed(staged.published().snapshotId());
  }

  private void write(StagedCommit staged, TableChange change, RepeatGuard guard) {
    try {
      staged.write(change, clock.instant(), guard);
    } catch (CommitFailedException | ValidationException refused) {
      throw refused;
    } catch (IllegalArgumentException | IllegalStateException misuse) {
      staged.discard();
      throw misuse;
    } catch (RuntimeException failed) {
      staged.discard();
      throw StorageFailure.of("commit to " + table.name(), failed);
    }
  }

  /** Empty if the swap succeeded. */
  private Optional<CommitOutcome> swap(
      StagedCommit staged, SwapAttempts swaps, SourcePosition position) {
    try {
      staged.swap();
      return Optional.empty();
    } catch (CommitFailedException | ValidationException refused) {
      throw refused;
    } catch (RuntimeException failed) {
      if (failed instanceof CleanableFailure) {
        staged.discard();
        return Optional.of(conflicted(position, failed.getMessage()));
      }
      if (swaps.isOvertakenByNewPartitioning()) {
        throw new CommitFailedException(failed, "The partitioning of %s changed", table.name());
      }
      return Optional.of(lookAfterLostAnswer(position, failed));
    }
  }

  /**
   * Files are deleted after a conflict, so one more look makes sure that an earlier try of this
   * commit, whose answer was lost, has not gone through meanwhile.
   */
  private CommitOutcome conflicted(SourcePosition position, String reason) {
    try {
      return lookAgain(position)
          .orElseGet(() -> new CommitOutcome.Conflicted(String.valueOf(reason)));
    } catch (NoSuchTableException dropped) {
      return new CommitOutcome.Conflicted("The table was dropped");
    } catch (RuntimeException unreachable) {
      LOG.warn("Cannot look for a refused commit to {}", table.name(), unreachable);
      return new CommitOutcome.Unknown(String.valueOf(reason));
    }
  }

  private CommitOutcome lookAfterLostAnswer(SourcePosition position, RuntimeException lost) {
    LOG.warn("The catalog did not answer a commit to {}; looking for it", table.name(), lost);
    String reason = String.valueOf(lost.getMessage());
    try {
      return lookAgain(position).orElseGet(() -> new CommitOutcome.Unknown(reason));
    } catch (RuntimeException unreachable) {
      LOG.warn("Cannot look for a commit to {}", table.name(), unreachable);
      return new CommitOutcome.Unknown(reason);
    }
  }

  private Optional<CommitOutcome> lookAgain(SourcePosition position) {
    table.refresh();
    return look(table, position);
  }

  private SourcePosition merge(SourcePosition moved) {
    Map<String, String> splits = new HashMap<>(history.splits(table.io()));
    splits.putAll(moved.splits());
    return new SourcePosition(moved.writer(), moved.sequence(), splits);
  }
}
