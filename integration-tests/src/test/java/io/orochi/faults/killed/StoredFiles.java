package io.orochi.faults.killed;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** The files of a database: those on the disk, and those its tables need. */
record StoredFiles(Set<Path> there, Set<Path> needed) {

  static StoredFiles of(OrochiIcebergCatalog catalog, Path warehouse, String database)
      throws IOException {
    Set<Path> needed = new HashSet<>();
    for (TableIdentifier table : catalog.listTables(Namespace.of(database))) {
      addNeeded(catalog.loadTable(table), needed);
    }
    Path folder = warehouse.resolve(database);
    try (Stream<Path> files = Files.walk(folder)) {
      return new StoredFiles(new HashSet<>(files.filter(Files::isRegularFile).toList()), needed);
    }
  }

  List<Path> orphans() {
    return there.stream().filter(file -> !needed.contains(file)).sorted().toList();
  }

  List<Path> missing() {
    return needed.stream().filter(file -> !there.contains(file)).sorted().toList();
  }

  private static void addNeeded(Table table, Set<Path> needed) throws IOException {
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    needed.add(path(metadata.metadataFileLocation()));
    metadata.previousFiles().forEach(old -> needed.add(path(old.file())));
    metadata.statisticsFiles().forEach(file -> needed.add(path(file.path())));
    for (Snapshot snapshot : table.snapshots()) {
      needed.add(path(snapshot.manifestListLocation()));
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        needed.add(path(manifest.path()));
        try (ManifestReader<? extends ContentFile<?>> files =
            manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, table.io(), table.specs())
                : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
          files.forEach(file -> needed.add(path(file.location())));
        }
      }
    }
  }

  private static Path path(String location) {
    return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
  }
}
