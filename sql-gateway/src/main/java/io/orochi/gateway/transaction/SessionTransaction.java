package io.orochi.gateway.transaction;

import io.orochi.catalog.transaction.LakeTransaction;
import io.orochi.catalog.transaction.OpenTransactions;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The transaction of one session, if it has begun one. After a failure inside it only ROLLBACK is
 * accepted, as in PostgreSQL; COMMIT then rolls back too, and says so by failing. Safe to share
 * between threads.
 */
public final class SessionTransaction {
  private final OpenTransactions transactions;
  private final String session;
  private final Clock clock;
  private LakeTransaction open;
  private OrochiException failure;

  /**
   * @param session its name, for people
   */
  public SessionTransaction(OpenTransactions transactions, String session, Clock clock) {
    this.transactions = transactions;
    this.session = session;
    this.clock = clock;
  }

  /** The transaction in which statements run now; empty outside one. */
  public synchronized Optional<LakeTransaction> current() {
    return Optional.ofNullable(open);
  }

  /**
   * @throws OrochiException TRANSACTION_ALREADY_OPEN, NO_TRANSACTION; or as {@link
   *     LakeTransaction#commit} does, and the transaction has ended
   */
  public void run(TransactionCommand command, Duration lockTimeout) {
    if (command instanceof TransactionCommand.Begin begin) {
      begin(begin);
    } else if (command instanceof TransactionCommand.Commit) {
      commit(lockTimeout);
    } else {
      rollback();
    }
  }

  /**
   * A statement begins.
   *
   * @return what it runs in; empty outside a transaction
   * @throws OrochiException TRANSACTION_ABORTED if an earlier statement has failed
   */
  public synchronized Optional<LakeTransaction> beginStatement() {
    if (open != null) {
      requireSound();
      open.beginStatement();
    }
    return current();
  }

  public synchronized void endStatement() {
    if (open != null) {
      open.endStatement();
    }
  }

  /** A statement has failed; nothing of the transaction can be committed any more. */
  public synchronized void failed(RuntimeException why) {
    if (open != null && failure == null) {
      abort(
          OrochiException.of(
                  OrochiErrorCode.TRANSACTION_ABORTED,
                  "Cannot go on: a statement of this transaction has failed")
              .withDetail(String.valueOf(why.getMessage()))
              .withHint("ROLLBACK, then run the transaction again.")
              .causedBy(why));
    }
  }

  /**
   * Takes its files from a transaction nobody goes on with.
   *
   * @param timeout zero for none
   */
  public synchronized void abortIfIdle(Duration timeout) {
    if (open != null
        && failure == null
        && !timeout.isZero()
        && open.lastUsedAt().isBefore(clock.instant().minus(timeout))) {
      abort(
          OrochiException.of(
                  OrochiErrorCode.TRANSACTION_TIMED_OUT,
                  "Cannot go on: the transaction was idle for more than "
                      + timeout.toSeconds()
                      + " s")
              .withDetail("It is rolled back ('orochi.idle-in-transaction-timeout').")
              .withHint("ROLLBACK, then run the transaction again."));
    }
  }

  /** The session ends. */
  public synchronized void close() {
    if (open != null) {
      open.rollback();
      open = null;
    }
  }

  private synchronized void begin(TransactionCommand.Begin begin) {
    if (open != null) {
      throw OrochiException.of(
              OrochiErrorCode.TRANSACTION_ALREADY_OPEN, "Cannot begin a transaction inside another")
          .withDetail("This session has begun transaction " + open.id() + ".")
          .withHint("COMMIT or ROLLBACK first.");
    }
    failure = null;
    open = transactions.begin(begin.isolation(), session);
  }

  private void commit(Duration lockTimeout) {
    LakeTransaction ending;
    OrochiException failed;
    synchronized (this) {
      ending = requireOpen("COMMIT");
      failed = failure;
      open = null;
      failure = null;
    }
    if (failed != null) {
      throw OrochiException.of(failed.code(), "Cannot commit: the transaction was rolled back")
          .withDetail(failed.getMessage())
          .withHint("Run the transaction again.")
          .causedBy(failed);
    }
    ending.commit(lockTimeout);
  }

  private synchronized void rollback() {
    requireOpen("ROLLBACK").rollback();
    open = null;
    failure = null;
  }

  private void abort(OrochiException why) {
    failure = why;
    open.rollback();
  }

  private void requireSound() {
    if (failure != null) {
      throw failure;
    }
  }

  private LakeTransaction requireOpen(String command) {
    if (open == null) {
      throw OrochiException.of(
              OrochiErrorCode.NO_TRANSACTION, "Cannot " + command + ": there is no transaction")
          .withDetail("Outside a transaction each statement is committed when it ends.")
          .withHint("BEGIN starts one.");
    }
    return open;
  }
}
