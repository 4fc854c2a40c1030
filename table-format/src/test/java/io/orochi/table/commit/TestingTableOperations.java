package io.orochi.table.commit;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog whose answer to the next commits can be lost, before or after the swap. */
final class TestingTableOperations implements TableOperations {
  private final TableOperations inner;
  private final TestingDisk disk;
  private Loss loss = Loss.NONE;

  /** Where the connection breaks. */
  enum Loss {
    NONE,
    BEFORE_SWAP,
    AFTER_SWAP,
    AFTER_SWAP_AND_STAYS_DOWN
  }

  TestingTableOperations(TableOperations inner) {
    this.inner = inner;
    this.disk = new TestingDisk(inner.io());
  }

  void lose(Loss next) {
    loss = next;
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    Loss now = loss;
    if (now != Loss.AFTER_SWAP_AND_STAYS_DOWN) {
      loss = Loss.NONE;
    }
    if (now != Loss.BEFORE_SWAP) {
      inner.commit(base, metadata);
    }
    if (now != Loss.NONE) {
      throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
    }
  }

  @Override
  public TableMetadata refresh() {
    if (loss == Loss.AFTER_SWAP_AND_STAYS_DOWN && inner.current().currentSnapshot() != null) {
      throw new IllegalStateException("connection refused");
    }
    return inner.refresh();
  }

  @Override
  public TableMetadata current() {
    return inner.current();
  }

  TestingDisk disk() {
    return disk;
  }

  @Override
  public FileIO io() {
    return disk;
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
  public long newSnapshotId() {
    return inner.newSnapshotId();
  }
}
