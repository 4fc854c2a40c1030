package io.orochi.catalog.transaction;

import java.util.Locale;

/** What a transaction sees of others, and what of theirs makes its commit fail. */
public enum TransactionIsolation {
  /**
   * Each statement sees what was committed before it began. Commits of others conflict if they
   * change the same files.
   */
  READ_COMMITTED,
  /**
   * All statements see the tables as they were at one point in time, that of the first statement.
   * Commits of others since then conflict if they change the same files.
   */
  SNAPSHOT,
  /**
   * The same, and commits of others since then conflict if they change anything that was read:
   * transactions that commit could have run one after the other.
   */
  SERIALIZABLE;

  /** As SQL writes it. */
  public String text() {
    return name().replace('_', ' ').toLowerCase(Locale.ROOT);
  }
}
