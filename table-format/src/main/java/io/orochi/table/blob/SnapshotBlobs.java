package io.orochi.table.blob;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinReader;
import org.apache.iceberg.util.Pair;

/**
 * Finds the blobs of a snapshot that {@code TableCommitter} made. The snapshot's own summary leads
 * to them, not the table's list of statistics files: an engine that analyses the table replaces the
 * entry there.
 */
public final class SnapshotBlobs {
  /** The key in a snapshot's summary under which the location of its Puffin file stands. */
  public static final String LOCATION = "orochi.statistics-file";

  private SnapshotBlobs() {}

  /** The location of the Puffin file; empty for the snapshot of a foreign writer. */
  public static Optional<String> location(Snapshot snapshot) {
    return Optional.ofNullable(snapshot.summary()).map(summary -> summary.get(LOCATION));
  }

  /**
   * The first blob of a type; empty if the file has none.
   *
   * @throws OrochiException METADATA_CORRUPT if the file is missing or is no Puffin file;
   *     STORAGE_UNAVAILABLE if it cannot be read
   */
  public static Optional<ByteBuffer> read(FileIO io, String location, String type) {
    return read(io, location, type, Map.of());
  }

  /**
   * The same for the first blob that has the properties too.
   *
   * @throws OrochiException METADATA_CORRUPT, STORAGE_UNAVAILABLE
   */
  public static Optional<ByteBuffer> read(
      FileIO io, String location, String type, Map<String, String> properties) {
    try (PuffinReader reader = Puffin.read(io.newInputFile(location)).build()) {
      List<BlobMetadata> wanted =
          reader.fileMetadata().blobs().stream()
              .filter(blob -> blob.type().equals(type))
              .filter(blob -> blob.properties().entrySet().containsAll(properties.entrySet()))
              .limit(1)
              .toList();
      for (Pair<BlobMetadata, ByteBuffer> blob : reader.readAll(wanted)) {
        return Optional.of(blob.second());
      }
      return Optional.empty();
    } catch (NotFoundException | IllegalArgumentException | IllegalStateException notPuffin) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT, "Cannot read statistics file: " + location)
          .withDetail("The file is missing or its bytes are not those that were written.")
          .withHint("Restore the file from a backup, or check the disk it lies on.")
          .causedBy(notPuffin);
    } catch (IOException | UncheckedIOException unreadable) {
      throw OrochiException.of(
              OrochiErrorCode.STORAGE_UNAVAILABLE, "Cannot read statistics file: " + location)
          .withHint("Check that the storage of the table can be reached, then try again.")
          .causedBy(unreadable);
    }
  }
}
