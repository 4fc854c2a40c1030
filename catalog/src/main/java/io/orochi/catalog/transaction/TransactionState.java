package io.orochi.catalog.transaction;

import java.time.Instant;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * One open transaction, as it was when it was asked.
 *
 * @param phase what it does
 * @param lastUsedAt when its last statement began or ended
 * @param statements how many have begun
 * @param tables in the order of their first use
 */
public record TransactionState(
    String id,
    String session,
    TransactionIsolation isolation,
    Phase phase,
    Instant startedAt,
    Instant lastUsedAt,
    long statements,
    List<TableUse> tables) {
  public TransactionState {
    tables = List.copyOf(tables);
  }

  /** What a transaction does. */
  public enum Phase {
    ACTIVE,
    COMMITTING,
    ENDED
  }

  /**
   * One table of it.
   *
   * @param changed whether its commit will change the table
   * @param locked whether its commit is at work on the table now
   */
  public record TableUse(TableIdentifier table, boolean changed, boolean locked) {}
}
