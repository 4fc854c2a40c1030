package io.orochi.gateway.statement.result;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;

/** Counts the rows of one result. One thread. */
public final class RowLimit {
  private final long most;
  private long seen;

  /** {@code most} 0 is no limit. */
  public RowLimit(long most) {
    this.most = most;
  }

  public void add(int rows) {
    seen += rows;
    if (most > 0 && seen > most) {
      throw OrochiException.of(
              OrochiErrorCode.RESULT_TOO_LARGE, "The result has more than " + most + " rows")
          .withHint("Add a LIMIT, or SET 'orochi.result-row-limit' to a larger number.");
    }
  }
}
