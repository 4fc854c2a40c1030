package io.orochi.table.io;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.encryption.EncryptionManager;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A table's operations that hand every call to others. */
public abstract class ForwardingTableOperations implements TableOperations {
  private final TableOperations inner;

  protected ForwardingTableOperations(TableOperations inner) {
    this.inner = inner;
  }

  protected final TableOperations inner() {
    return inner;
  }

  @Override
  public TableMetadata current() {
    return inner.current();
  }

  @Override
  public TableMetadata refresh() {
    return inner.refresh();
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    inner.commit(base, metadata);
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
