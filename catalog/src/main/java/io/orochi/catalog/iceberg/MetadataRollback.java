package io.orochi.catalog.iceberg;

import io.orochi.catalog.metastore.Metastore;
import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.integrity.FileRole;
import io.orochi.table.integrity.Loss;
import io.orochi.table.integrity.TableRepair.Run;
import io.orochi.table.io.DurableFileIO;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileInfo;

/**
 * Points a table whose metadata file is damaged to the newest sound one beside it. The damaged file
 * stays where it is.
 */
final class MetadataRollback {
  private final Metastore metastore;
  private final DurableFileIO io;
  private final TableIdentifier identifier;
  private final MetadataFiles files;

  MetadataRollback(Metastore metastore, DurableFileIO io, TableIdentifier identifier) {
    this.metastore = metastore;
    this.io = io;
    this.identifier = identifier;
    this.files = new MetadataFiles(io, location -> Optional.empty(), identifier.toString());
  }

  /**
   * Empty if the metadata file is sound.
   *
   * @throws OrochiException METADATA_CORRUPT if no other is sound
   */
  List<Loss> run(Run run) {
    String current =
        metastore
            .get(Keys.table(identifier))
            .orElseThrow(() -> new NoSuchTableException("Table does not exist: %s", identifier));
    if (isSound(current)) {
      return List.of();
    }
    String older =
        candidates(current).stream()
            .filter(this::isSound)
            .findFirst()
            .orElseThrow(
                () ->
                    OrochiException.of(
                            OrochiErrorCode.METADATA_CORRUPT,
                            "Cannot roll back table " + identifier + ": " + current)
                        .withDetail("No metadata file beside it is sound.")
                        .withHint("Restore a backup of the file."));
    if (run == Run.REAL) {
      PointerSwap.of(
              metastore,
              identifier,
              List.of(new MetastoreChange.Replace(Keys.table(identifier), current, older)))
          .orElseDelete(io, List.of());
    }
    return List.of(
        new Loss(
            current,
            FileRole.METADATA,
            "rolled back to " + name(older) + "; the commits after it are lost",
            0,
            null,
            null,
            current));
  }

  /** Newest first, none of them newer than the damaged one. */
  private List<String> candidates(String current) {
    String folder = current.substring(0, current.lastIndexOf('/') + 1);
    List<FileInfo> found = new ArrayList<>();
    for (FileInfo file : io.listPrefix(folder)) {
      if (file.location().endsWith(".metadata.json")
          && !name(file.location()).equals(name(current))
          && version(file.location()) <= version(current)) {
        found.add(file);
      }
    }
    found.sort(
        Comparator.comparingInt((FileInfo file) -> version(file.location()))
            .reversed()
            .thenComparing(FileInfo::createdAtMillis));
    return found.stream().map(FileInfo::location).toList();
  }

  private boolean isSound(String location) {
    try {
      files.read(location);
      return true;
    } catch (OrochiException e) {
      if (e.code() != OrochiErrorCode.METADATA_CORRUPT) {
        throw e;
      }
      return false;
    } catch (RuntimeException unreadable) {
      // a foreign writer's file has no digest, and fails wherever its bytes make no sense
      return false;
    }
  }

  private static String name(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** -1 for a name that does not begin with a version. */
  private static int version(String location) {
    String name = name(location);
    int dash = name.indexOf('-');
    return dash > 0 && name.substring(0, dash).chars().allMatch(Character::isDigit)
        ? Integer.parseInt(name.substring(0, dash))
        : -1;
  }
}
