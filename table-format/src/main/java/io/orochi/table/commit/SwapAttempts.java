package io.orochi.table.commit;

import io.orochi.table.io.ForwardingTableOperations;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * The operations under one transaction. They remember whether each swap was answered, which tells a
 * failure between two swaps, after which nothing is published, from a swap whose answer was lost.
 * One thread.
 */
final class SwapAttempts extends ForwardingTableOperations {
  private Set<Integer> specs;
  private boolean unanswered;

  SwapAttempts(TableOperations inner) {
    super(inner);
  }

  /**
   * Whether nothing was published and the partitioning is no longer what the transaction began
   * with. Iceberg cannot build on a partitioning that is younger than the change it retries.
   */
  boolean isOvertakenByNewPartitioning() {
    return !unanswered && specs != null && !specs.equals(inner().current().specsById().keySet());
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    unanswered = true;
    try {
      super.commit(base, metadata);
      unanswered = false;
    } catch (CommitFailedException refused) {
      unanswered = false;
      throw refused;
    }
  }

  /** A transaction begins with a refresh. */
  @Override
  public TableMetadata refresh() {
    TableMetadata fresh = super.refresh();
    if (specs == null) {
      specs = Set.copyOf(fresh.specsById().keySet());
    }
    return fresh;
  }
}
