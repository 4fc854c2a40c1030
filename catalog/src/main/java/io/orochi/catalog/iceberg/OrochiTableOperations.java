package io.orochi.catalog.iceberg;

import com.github.benmanes.caffeine.cache.Cache;
import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreKey;
import java.util.List;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;

/**
 * One table's pointer in the metastore. A commit writes a metadata file and swaps the pointer to
 * it; see {@link PointerSwap} for what is thrown when the swap does not apply.
 */
final class OrochiTableOperations extends BaseMetastoreTableOperations {
  private static final int READ_RETRIES = 2;

  private final TableIdentifier identifier;
  private final MetastoreKey key;
  private final Metastore metastore;
  private final FileIO io;
  private final Cache<String, TableMetadata> metadataByLocation;

  /**
   * @param metadataByLocation metadata files never change, so what was read once stays true
   */
  OrochiTableOperations(
      TableIdentifier identifier,
      Metastore metastore,
      FileIO io,
      Cache<String, TableMetadata> metadataByLocation) {
    this.identifier = identifier;
    this.key = Keys.table(identifier);
    this.metastore = metastore;
    this.io = io;
    this.metadataByLocation = metadataByLocation;
  }

  @Override
  protected void doRefresh() {
    String location = metastore.get(key).orElse(null);
    if (location != null) {
      refreshFromMetadataLocation(location, null, READ_RETRIES, this::read);
    } else if (currentMetadataLocation() != null) {
      throw new NoSuchTableException("Table was dropped: %s", identifier);
    } else {
      disableRefresh();
    }
  }

  @Override
  protected void doCommit(TableMetadata base, TableMetadata metadata) {
    boolean isNew = base == null;
    String next = writeNewMetadataIfRequired(isNew, metadata);
    boolean written = !next.equals(metadata.metadataFileLocation());
    List<MetastoreChange> changes =
        isNew
            ? List.of(new MetastoreChange.Create(key, next), Keys.namespaceStillExists(identifier))
            : List.of(new MetastoreChange.Replace(key, base.metadataFileLocation(), next));
    PointerSwap.of(metastore, identifier, changes)
        .orElseDelete(io, written ? List.of(next) : List.of());
  }

  /**
   * Writes the metadata file of a commit that {@code base} may become part of; publishes nothing.
   */
  String stage(TableMetadata metadata) {
    return writeNewMetadata(metadata, currentVersion() + 1);
  }

  @Override
  public FileIO io() {
    return io;
  }

  @Override
  protected String tableName() {
    return identifier.toString();
  }

  private TableMetadata read(String location) {
    return metadataByLocation.get(location, any -> TableMetadataParser.read(io, any));
  }
}
