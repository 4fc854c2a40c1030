package io.orochi.catalog.iceberg;

import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreKey;
import java.util.List;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.view.BaseViewOperations;
import org.apache.iceberg.view.ViewMetadata;

/** One view's pointer in the metastore. */
final class OrochiViewOperations extends BaseViewOperations {
  private final TableIdentifier identifier;
  private final MetastoreKey key;
  private final Metastore metastore;
  private final FileIO io;

  OrochiViewOperations(TableIdentifier identifier, Metastore metastore, FileIO io) {
    this.identifier = identifier;
    this.key = Keys.view(identifier);
    this.metastore = metastore;
    this.io = io;
  }

  @Override
  protected void doRefresh() {
    String location = metastore.get(key).orElse(null);
    if (location != null) {
      refreshFromMetadataLocation(location);
    } else if (currentMetadataLocation() != null) {
      throw new NoSuchViewException("View was dropped: %s", identifier);
    } else {
      disableRefresh();
    }
  }

  @Override
  protected void doCommit(ViewMetadata base, ViewMetadata metadata) {
    String next = writeNewMetadataIfRequired(metadata);
    boolean written = !next.equals(metadata.metadataFileLocation());
    List<MetastoreChange> changes =
        base == null
            ? List.of(new MetastoreChange.Create(key, next), Keys.namespaceStillExists(identifier))
            : List.of(new MetastoreChange.Replace(key, base.metadataFileLocation(), next));
    PointerSwap.of(metastore, identifier, changes)
        .orElseDelete(io, written ? List.of(next) : List.of());
  }

  @Override
  protected String viewName() {
    return identifier.toString();
  }

  @Override
  protected FileIO io() {
    return io;
  }
}
