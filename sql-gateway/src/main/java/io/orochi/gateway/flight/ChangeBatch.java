package io.orochi.gateway.flight;

import io.orochi.catalog.transaction.TransactionIsolation;
import io.orochi.gateway.session.GatewaySession;
import io.orochi.gateway.transaction.SessionTransaction;
import io.orochi.gateway.transaction.TransactionCommand;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Several changes as one commit: inside the session's transaction, or in one that ends with them.
 * Others that commit to the same rows first make it run again, a bounded number of times.
 */
final class ChangeBatch {
  private static final Logger LOG = LoggerFactory.getLogger(ChangeBatch.class);
  private static final int ATTEMPTS = 5;

  private final GatewaySession session;
  private final ToLongFunction<String> change;

  /**
   * @param change runs a statement in the session and returns the changed rows
   */
  ChangeBatch(GatewaySession session, ToLongFunction<String> change) {
    this.session = session;
    this.change = change;
  }

  /**
   * @return the changed rows of all
   * @throws OrochiException as a statement or the commit does; nothing is changed then, unless a
   *     statement needs Flink, whose jobs commit by themselves
   */
  long run(List<String> changes) {
    SessionTransaction transaction = session.transaction();
    if (transaction.current().isPresent() || changes.size() == 1) {
      return changes.stream().mapToLong(change).sum();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return together(changes, transaction);
      } catch (OrochiException failed) {
        if (failed.code() == OrochiErrorCode.NOT_IN_A_TRANSACTION) {
          LOG.info("The changes of a batch are committed one by one: {}", failed.summary());
          return changes.stream().mapToLong(change).sum();
        }
        if (failed.code() != OrochiErrorCode.TRANSACTION_CONFLICT || attempt == ATTEMPTS) {
          throw failed;
        }
        LOG.info("A batch is computed again: {}", failed.summary());
      }
    }
  }

  private long together(List<String> changes, SessionTransaction transaction) {
    transaction.run(
        new TransactionCommand.Begin(TransactionIsolation.SNAPSHOT), session.lockTimeout());
    long changed;
    try {
      changed = changes.stream().mapToLong(change).sum();
    } catch (RuntimeException failed) {
      transaction.run(new TransactionCommand.Rollback(), session.lockTimeout());
      throw failed;
    }
    transaction.run(new TransactionCommand.Commit(), session.lockTimeout());
    return changed;
  }
}
