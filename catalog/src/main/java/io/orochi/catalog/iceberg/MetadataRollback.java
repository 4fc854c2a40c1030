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
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.FileInfo;

/**
 * Points a table whose metadata file is damaged to the newest sound one that was the table's
 * before. The damaged file stays where it is.
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
   * @throws OrochiException METADATA_CORRUPT if no other is sound, or it cannot be told which one
   *     was the table's
   */
  List<Loss> run(Run run) {
    String current =
        metastore
            .get(Keys.table(identifier))
            .orElseThrow(() -> new NoSuchTableException("Table does not exist: %s", identifier));
    if (isSound(current)) {
      return List.of();
    }
    String older = newestCertain(current);
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

  /**
   * The newest sound file that was certainly the table's. A commit that lost its race leaves a file
   * of the same version as the one that won; that a file was the table's is known from the
   * metastore, which names the one before the current, and from the log in each later file, or from
   * there being no other of its version.
   */
  private String newestCertain(String current) {
    String previous = metastore.previous(Keys.table(identifier)).orElse(null);
    if (previous != null && isSound(previous)) {
      return previous;
    }
    NavigableMap<Integer, List<String>> versions = versions(current);
    Set<String> logged = logged(versions);
    // only one file of each version was ever the table's
    int end = version(previous == null ? current : previous);
    for (List<String> files : versions.headMap(end, false).descendingMap().values()) {
      List<String> sound = files.stream().filter(this::isSound).toList();
      if (sound.isEmpty()) {
        continue;
      }
      List<String> certain =
          files.size() == 1
              ? sound
              : sound.stream().filter(file -> logged.contains(name(file))).toList();
      if (certain.size() == 1) {
        return certain.get(0);
      }
      throw refusal(current)
          .withDetail("Which of these was the table's cannot be told: " + String.join(", ", sound))
          .withHint("Restore a backup of the damaged file, or move the wrong ones away.");
    }
    throw refusal(current)
        .withDetail("No metadata file beside it is sound.")
        .withHint("Restore a backup of the file.");
  }

  private OrochiException refusal(String current) {
    return OrochiException.of(
        OrochiErrorCode.METADATA_CORRUPT, "Cannot roll back table " + identifier + ": " + current);
  }

  /** The files that sound ones name as those before them. */
  private Set<String> logged(NavigableMap<Integer, List<String>> versions) {
    Set<String> logged = new HashSet<>();
    versions.values().stream()
        .flatMap(List::stream)
        .filter(this::isSound)
        .flatMap(location -> files.read(location).previousFiles().stream())
        .forEach(entry -> logged.add(name(entry.file())));
    return logged;
  }

  /** All metadata files. */
  private NavigableMap<Integer, List<String>> versions(String current) {
    String folder = current.substring(0, current.lastIndexOf('/') + 1);
    NavigableMap<Integer, List<String>> found = new TreeMap<>();
    for (FileInfo file : io.listPrefix(folder)) {
      if (file.location().endsWith(".metadata.json")) {
        found
            .computeIfAbsent(version(file.location()), unused -> new ArrayList<>())
            .add(folder + name(file.location()));
      }
    }
    return found;
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
