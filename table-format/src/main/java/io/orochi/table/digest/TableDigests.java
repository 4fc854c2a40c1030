package io.orochi.table.digest;

import io.orochi.table.blob.SnapshotBlobs;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.io.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.InputFile;

/**
 * Finds the digest that the commit of a file recorded: the file's sequence number names the
 * snapshot, the snapshot its statistics file, and that the digest. Holds a bounded part of what it
 * read; safe for use by several threads.
 */
public final class TableDigests {
  /** The key in the summary of a snapshot whose digests are of files that others added. */
  public static final String CARRIES = "orochi.carries";

  private static final int COMMITS_HELD = 4_096;
  private static final int TABLES_HELD = 256;

  private final Recent<String, Map<String, Digest>> digestsOfCommit = new Recent<>(COMMITS_HELD);
  private final Recent<String, CommitIndex> indexOfTable = new Recent<>(TABLES_HELD);

  /** Where the statistics file of each sequence number lies, as of one current snapshot. */
  private record CommitIndex(
      long currentSnapshotId, Map<Long, String> locations, List<String> carrying) {
    static CommitIndex of(Table table) {
      Map<Long, String> locations = new HashMap<>();
      LinkedList<String> carrying = new LinkedList<>();
      for (Snapshot snapshot : table.snapshots()) {
        String location = SnapshotBlobs.location(snapshot).orElse(null);
        if (location != null) {
          locations.put(snapshot.sequenceNumber(), location);
          if (snapshot.summary().containsKey(CARRIES)) {
            carrying.addFirst(location);
          }
        }
      }
      return new CommitIndex(currentSnapshotId(table), locations, List.copyOf(carrying));
    }

    static long currentSnapshotId(Table table) {
      Snapshot current = table.currentSnapshot();
      return current == null ? -1 : current.snapshotId();
    }
  }

  /**
   * Empty if the file came from a foreign writer, or its commit expired and nothing carries its
   * digest.
   *
   * @param file as a scan or a manifest gives it, with its file sequence number
   * @throws OrochiException METADATA_CORRUPT or STORAGE_UNAVAILABLE if the digests cannot be read
   */
  public Optional<Digest> digestOf(Table table, ContentFile<?> file) {
    Long sequence = file.fileSequenceNumber();
    if (sequence == null) {
      return Optional.empty();
    }
    CommitIndex index = index(table);
    String statistics = index.locations().get(sequence);
    if (statistics != null) {
      Digest digest = digests(table, statistics).get(file.location());
      if (digest != null) {
        return Optional.of(digest);
      }
    }
    return index.carrying().stream()
        .map(location -> digests(table, location).get(file.location()))
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Map<String, Digest> digests(Table table, String statistics) {
    return digestsOfCommit.get(statistics, location -> readDigests(table, location));
  }

  /**
   * Reads the whole file and compares.
   *
   * @throws OrochiException DATA_FILE_CORRUPT naming file and table; DATA_FILE_MISSING;
   *     STORAGE_UNAVAILABLE
   */
  public static void verify(String tableName, InputFile file, Digest expected) {
    Digest found;
    try {
      found = Digest.of(file);
    } catch (NotFoundException | FileNotFoundException | NoSuchFileException missing) {
      throw OrochiException.of(
              OrochiErrorCode.DATA_FILE_MISSING, "Cannot find data file: " + file.location())
          .withDetail("Table " + tableName + " refers to it.")
          .withHint("Restore the file from a backup, or roll the table back to before its loss.")
          .causedBy(missing);
    } catch (IOException | UncheckedIOException unreadable) {
      throw StorageFailure.of("read data file " + file.location(), unreadable);
    }
    if (!found.equals(expected)) {
      throw OrochiException.of(
              OrochiErrorCode.DATA_FILE_CORRUPT, "Cannot trust data file: " + file.location())
          .withDetail(
              "Table "
                  + tableName
                  + " was committed with digest "
                  + expected
                  + ", but the file has "
                  + found
                  + ".")
          .withHint(
              "Restore the file from a backup; until then, delete its rows or query other chunks.");
    }
  }

  private CommitIndex index(Table table) {
    String key = table.name() + '\n' + table.location();
    CommitIndex index = indexOfTable.get(key, unused -> CommitIndex.of(table));
    if (index.currentSnapshotId() != CommitIndex.currentSnapshotId(table)) {
      index = CommitIndex.of(table);
      indexOfTable.put(key, index);
    }
    return index;
  }

  private static Map<String, Digest> readDigests(Table table, String location) {
    return SnapshotBlobs.read(table.io(), location, DigestsBlob.TYPE)
        .map(blob -> DigestsBlob.read("digests in " + location, blob))
        .orElse(Map.of());
  }
}
