package io.orochi.catalog.integrity;

import io.orochi.table.blob.SnapshotBlobs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/** The kinds of files that a read of a table depends on. */
enum FileKind {
  DATA,
  DELETES,
  MANIFEST,
  MANIFEST_LIST,
  METADATA,
  STATISTICS;

  /** Those the current snapshot is read from. */
  List<Path> live(Table table) {
    List<String> locations = new ArrayList<>();
    Snapshot current = table.currentSnapshot();
    switch (this) {
      case DATA -> tasks(table).forEach(task -> locations.add(task.file().location()));
      case DELETES ->
          tasks(table)
              .forEach(
                  task ->
                      task.deletes().stream().map(DeleteFile::location).forEach(locations::add));
      case MANIFEST ->
          current.allManifests(table.io()).stream().map(ManifestFile::path).forEach(locations::add);
      case MANIFEST_LIST -> locations.add(current.manifestListLocation());
      case METADATA -> locations.add(metadata(table));
      case STATISTICS ->
          table.snapshots().forEach(s -> SnapshotBlobs.location(s).ifPresent(locations::add));
    }
    return locations.stream().distinct().map(FileKind::path).toList();
  }

  /** All of them that the table ever had, oldest first. */
  List<Path> ever(Table table) {
    List<String> locations = new ArrayList<>();
    switch (this) {
      case DATA, DELETES, MANIFEST, STATISTICS -> {
        return live(table);
      }
      case MANIFEST_LIST ->
          table.snapshots().forEach(snapshot -> locations.add(snapshot.manifestListLocation()));
      case METADATA -> {
        ((BaseTable) table)
            .operations()
            .current()
            .previousFiles()
            .forEach(entry -> locations.add(entry.file()));
        locations.add(metadata(table));
      }
    }
    return locations.stream().map(FileKind::path).toList();
  }

  private static String metadata(Table table) {
    return ((BaseTable) table).operations().current().metadataFileLocation();
  }

  private static List<FileScanTask> tasks(Table table) {
    List<FileScanTask> tasks = new ArrayList<>();
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      files.forEach(tasks::add);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return tasks;
  }

  private static Path path(String location) {
    return Path.of(location.replaceFirst("^file:(//)?", ""));
  }
}
