package io.orochi.catalog.transaction;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.metastore.MetastoreEntry;
import io.orochi.catalog.metastore.MetastoreKey;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotFoundException;

/**
 * Where the metadata of every table was at one point in time. One read of the metastore gives all,
 * so a commit of several tables is in it whole or not at all.
 */
record TablePointers(Map<MetastoreKey, String> locations) {
  static TablePointers now(OrochiIcebergCatalog catalog) {
    return new TablePointers(
        catalog.metastore().scan(MetastoreKey.Space.TABLE, "").stream()
            .collect(Collectors.toMap(MetastoreEntry::key, MetastoreEntry::value)));
  }

  static MetastoreKey key(TableIdentifier identifier) {
    return MetastoreKey.table(String.join(".", identifier.namespace().levels()), identifier.name());
  }

  boolean isAt(TableIdentifier identifier, TableMetadata metadata) {
    return metadata.metadataFileLocation().equals(locations.get(key(identifier)));
  }

  /**
   * @param loaded the table as it is now
   * @throws OrochiException SNAPSHOT_NOT_FOUND if so much was committed since that the metadata is
   *     gone
   */
  TableMetadata metadata(Table loaded, TableIdentifier identifier) {
    String location = locations.get(key(identifier));
    if (location == null) {
      throw new NoSuchTableException("Table does not exist: %s", identifier);
    }
    TableMetadata current = ((HasTableOperations) loaded).operations().current();
    if (location.equals(current.metadataFileLocation())) {
      return current;
    }
    try {
      return TableMetadataParser.read(loaded.io(), location);
    } catch (NotFoundException gone) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              "Cannot read table " + identifier + " as of the start of the transaction")
          .withDetail("More commits came since than the table keeps metadata of.")
          .withHint(
              "Run the transaction again, read the table earlier in it, or raise the table's"
                  + " write.metadata.previous-versions-max.")
          .causedBy(gone);
    }
  }
}
