package io.orochi.table.commit;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Table;

/** Publishes files and source position in one snapshot. */
public final class TableCommitter {
  private final Table table;
  private final Clock clock;

  public TableCommitter(Table table, Clock clock) {
    this.table = Objects.requireNonNull(table);
    this.clock = Objects.requireNonNull(clock);
  }

  /**
   * Publishes the request, or finds that it was published before.
   *
   * @throws io.orochi.table.error.OrochiException if storage failed before the swap: nothing was
   *     published and the same request may be tried again
   */
  public CommitOutcome commit(CommitRequest request) {
    throw new UnsupportedOperationException("the commit room " + table + clock);
  }

  /** The newest position a writer has published in the table's current history. */
  public static Optional<SourcePosition> lastPosition(Table table, String writer) {
    throw new UnsupportedOperationException("the commit room");
  }
}
