package io.orochi.table.commit;

import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * The operations under one transaction. They remember whether each swap was answered, which tells a
 * failure between two swaps, after which nothing is published, from a swap whose answer was lost.
 * One thread.
 */
final class SwapAttempts implements TableOperations {
  private final TableOperations inner;
  private Set<Integer> specs;
  private boolean unanswered;

  SwapAttempts(TableOperations inner) {
    this.inner = inner;
  }

  /**
   * Whether nothing was published and the partitioning is no longer what the transaction began
   * with. Iceberg cannot build on a partitioning that is younger than the change it retries.
   */
  boolean isOvertakenByNewPartitioning() {
    return !unanswered && specs != null && !specs.equals(inner.current().specsById().keySet());
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    unanswered = true;
    try {
      inner.commit(base, metadata);
      unanswered = false;
    } catch (CommitFailedException refused) {
      unanswered = false;
      throw refused;
    }
  }

  @Override
  public TableMetadata current() {
    return inner.current();
  }

  /** A transaction begins with a refresh. */
  @Override
  public TableMetadata refresh() {
    TableMetadata fresh = inner.refresh();
    if (specs == null) {
      specs = Set.copyOf(fresh.specsById().keySet());
    }
    return fresh;
  }

  @Override
  public FileIO io() {
    return inner.io();
  }

  @Override
  public EncryptionManager encryption() {
    return inner.encryption();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return inner.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return inner.locationProvider();
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return inner.temp(uncommitted);
  }

  @Override
  public long newSnapshotId() {
    return inner.newSnapshotId();
  }

  @Override
  public boolean requireStrictCleanup() {
    return inner.requireStrictCleanup();
  }
}
