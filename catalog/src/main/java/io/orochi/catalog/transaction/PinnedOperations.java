package io.orochi.catalog.transaction;

import io.orochi.catalog.iceberg.NotedTable;
import io.orochi.table.io.ForwardingTableOperations;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table as a transaction sees it. Nothing can be committed to it, and every location it gives
 * away for a new file is noted first.
 */
final class PinnedOperations extends ForwardingTableOperations {
  private final Supplier<TableMetadata> metadata;
  private final StagedFiles files;

  /**
   * @param stored the table in the catalog, for its storage
   */
  PinnedOperations(TableOperations stored, Supplier<TableMetadata> metadata, StagedFiles files) {
    super(stored);
    this.metadata = metadata;
    this.files = files;
  }

  @Override
  public TableMetadata current() {
    return metadata.get();
  }

  @Override
  public TableMetadata refresh() {
    return metadata.get();
  }

  @Override
  public void commit(TableMetadata base, TableMetadata changed) {
    throw new UnsupportedOperationException("A table inside a transaction is changed by staging");
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return files.noted(super.metadataFileLocation(fileName));
  }

  @Override
  public LocationProvider locationProvider() {
    return new NotedTable.Locations(super.locationProvider(), files);
  }

  @Override
  public TableOperations temp(TableMetadata uncommitted) {
    return this;
  }
}
