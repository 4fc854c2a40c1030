package io.orochi.table.commit;

import io.orochi.table.io.ForwardingTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;

/** A catalog whose answer to the next commits can be lost, before or after the swap. */
final class TestingTableOperations extends ForwardingTableOperations {
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
    super(inner);
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
      super.commit(base, metadata);
    }
    if (now != Loss.NONE) {
      throw new CommitStateUnknownException(new IllegalStateException("connection reset"));
    }
  }

  @Override
  public TableMetadata refresh() {
    if (loss == Loss.AFTER_SWAP_AND_STAYS_DOWN && current().currentSnapshot() != null) {
      throw new IllegalStateException("connection refused");
    }
    return super.refresh();
  }

  TestingDisk disk() {
    return disk;
  }

  @Override
  public FileIO io() {
    return disk;
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return this;
  }
}
