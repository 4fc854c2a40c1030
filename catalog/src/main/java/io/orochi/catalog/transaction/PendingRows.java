package io.orochi.catalog.transaction;

import io.orochi.table.commit.TableChange;

/**
 * New rows of a table that a transaction has accepted and not yet closed the files of, so that many
 * small statements do not make as many files. Guarded by the transaction.
 */
public interface PendingRows {
  /**
   * Closes the files. Nothing more is written afterwards.
   *
   * @throws io.orochi.table.error.OrochiException if storage fails
   */
  TableChange finish();

  /** Gives them up; the transaction deletes what was written. */
  void abort();
}
