package io.orochi.catalog.iceberg;

import com.github.benmanes.caffeine.cache.Cache;
import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreKey;
import io.orochi.catalog.note.FileNotes;
import io.orochi.table.digest.MetadataDigests;
import io.orochi.table.digest.VerifyingFileIO;
import io.orochi.table.error.OrochiException;
import io.orochi.table.io.DurableFileIO;
import java.util.List;
import java.util.function.Supplier;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileIO;

/**
 * One table's pointer in the metastore. A commit writes a metadata file and swaps the pointer to
 * it; see {@link PointerSwap} for what is thrown when the swap does not apply. All metadata is
 * compared with its digests where it has any; see {@link MetadataFiles}.
 */
final class OrochiTableOperations extends BaseMetastoreTableOperations {
  private static final int READ_RETRIES = 2;

  private final TableIdentifier identifier;
  private final MetastoreKey key;
  private final Metastore metastore;
  private final FileIO io;
  private final MetadataFiles files;
  private final Cache<String, Known> metadataByLocation;
  private final Supplier<FileNotes> notes;
  private volatile MetadataDigests digests = MetadataDigests.NONE;

  /** A metadata file that was read, and what it states about the files under it. */
  record Known(TableMetadata metadata, MetadataDigests digests) {}

  /**
   * @param storage without durability
   * @param written shared by all tables of the catalog
   * @param metadataByLocation metadata files never change, so what was read once stays true
   * @param notes for one attempt at a commit
   */
  OrochiTableOperations(
      TableIdentifier identifier,
      Metastore metastore,
      FileIO storage,
      VerifyingFileIO.Written written,
      Cache<String, Known> metadataByLocation,
      Supplier<FileNotes> notes) {
    this.identifier = identifier;
    this.key = Keys.table(identifier);
    this.metastore = metastore;
    VerifyingFileIO verifying =
        new VerifyingFileIO(storage, identifier.toString(), () -> digests, written);
    this.io = DurableFileIO.around(verifying);
    this.files = new MetadataFiles(io, verifying::digestOf, identifier.toString());
    this.metadataByLocation = metadataByLocation;
    this.notes = notes;
  }

  TableIdentifier identifier() {
    return identifier;
  }

  FileNotes notes() {
    return notes.get();
  }

  @Override
  protected void doRefresh() {
    String location = metastore.get(key).orElse(null);
    if (location != null) {
      refreshFromMetadataLocation(
          location, failure -> !(failure instanceof OrochiException), READ_RETRIES, this::read);
    } else if (currentMetadataLocation() != null) {
      throw new NoSuchTableException("Table was dropped: %s", identifier);
    } else {
      disableRefresh();
    }
  }

  @Override
  protected void doCommit(TableMetadata base, TableMetadata metadata) {
    boolean isNew = base == null;
    boolean registered = isNew && metadata.metadataFileLocation() != null;
    try (FileNotes noted = notes()) {
      noted.belongTo(identifier, metadata.uuid());
      String next = registered ? metadata.metadataFileLocation() : write(base, metadata, noted);
      List<MetastoreChange> changes =
          isNew
              ? List.of(
                  new MetastoreChange.Create(key, next), Keys.namespaceStillExists(identifier))
              : List.of(new MetastoreChange.Replace(key, base.metadataFileLocation(), next));
      PointerSwap.of(metastore, identifier, changes)
          .orElseDelete(io, registered ? List.of() : List.of(next), noted);
    }
  }

  /**
   * Writes the metadata file of a commit that {@code base} may become part of; publishes nothing.
   */
  String stage(TableMetadata metadata, FileNotes noted) {
    noted.belongTo(identifier, metadata.uuid());
    return write(current(), metadata, noted);
  }

  private String write(TableMetadata base, TableMetadata next, FileNotes noted) {
    return files.write(
        base, next, currentVersion() + 1, metadataFileLocation(next, ""), noted::noted);
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
    Known known =
        metadataByLocation.get(
            location,
            any -> {
              TableMetadata metadata = files.read(any);
              return new Known(metadata, MetadataDigests.of(metadata.snapshots()));
            });
    digests = known.digests();
    return known.metadata();
  }
}
