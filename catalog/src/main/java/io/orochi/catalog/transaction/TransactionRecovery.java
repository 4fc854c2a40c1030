package io.orochi.catalog.transaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the files of transactions and other commits whose process is gone. If no commit of a
 * transaction had begun, nothing can refer to them. If one had, and for every other commit, they
 * are looked for in the tables the journal names, and what none of their snapshots needs is
 * deleted. A table is known by its UUID, also if it was renamed or dropped meanwhile; if it cannot
 * be read, all files stay.
 */
final class TransactionRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionRecovery.class);

  private final OrochiIcebergCatalog catalog;
  private final SurvivingTables tables;
  private final Path folder;

  TransactionRecovery(OrochiIcebergCatalog catalog, Path folder) {
    this.catalog = catalog;
    this.tables = new SurvivingTables(catalog);
    this.folder = folder;
  }

  long run() {
    long deleted = 0;
    for (Path journal : journals()) {
      try {
        deleted += recover(journal);
        Files.deleteIfExists(journal);
      } catch (IOException | RuntimeException failed) {
        LOG.warn("Cannot clean up after {}; the next start tries again", journal, failed);
      }
    }
    if (deleted > 0) {
      LOG.info("Deleted {} files that interrupted statements had left", deleted);
    }
    return deleted;
  }

  private List<Path> journals() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(StagedFiles.SUFFIX)).sorted().toList();
    } catch (IOException failed) {
      LOG.warn("Cannot look for interrupted transactions in {}", folder, failed);
      return List.of();
    }
  }

  private long recover(Path journal) throws IOException {
    Set<String> files = new LinkedHashSet<>();
    Map<String, TableIdentifier> committing = new LinkedHashMap<>();
    List<String> lines = wholeLines(journal);
    for (String line : lines) {
      String name = line.substring(2);
      if (line.charAt(0) == StagedFiles.COMMIT) {
        int end = name.indexOf(' ');
        committing.put(name.substring(0, end), TableIdentifier.parse(name.substring(end + 1)));
      } else if (line.charAt(0) == StagedFiles.FILE) {
        files.add(name);
      }
    }
    if (committing.isEmpty() && isOfAttempt(journal)) {
      return 0;
    }
    for (Map.Entry<String, TableIdentifier> table : committing.entrySet()) {
      Optional<Table> found = tables.find(table.getKey(), table.getValue());
      if (found.isPresent()) {
        files.removeAll(referenced(found.get()));
      }
    }
    files.forEach(file -> StagedFiles.delete(catalog.fileIO(), file));
    return files.size();
  }

  /** Its first line, the table, may not have reached the disk. */
  private static boolean isOfAttempt(Path journal) {
    return journal.getFileName().toString().startsWith(StagedFiles.ATTEMPT);
  }

  /** The last line may be cut: its file was never created, for it is noted first. */
  private static List<String> wholeLines(Path journal) throws IOException {
    String text = Files.readString(journal, UTF_8);
    int end = text.lastIndexOf('\n');
    return end < 0 ? List.of() : text.substring(0, end).lines().toList();
  }

  private static Set<String> referenced(Table table) throws IOException {
    Set<String> referenced = new HashSet<>();
    Set<String> read = new HashSet<>();
    TableMetadata metadata = ((HasTableOperations) table).operations().current();
    referenced.add(metadata.metadataFileLocation());
    metadata.previousFiles().forEach(entry -> referenced.add(entry.file()));
    table.statisticsFiles().stream().map(StatisticsFile::path).forEach(referenced::add);
    for (Snapshot snapshot : table.snapshots()) {
      referenced.add(snapshot.manifestListLocation());
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (read.add(manifest.path())) {
          referenced.add(manifest.path());
          referenced.addAll(contents(manifest, table));
        }
      }
    }
    return referenced;
  }

  private static List<String> contents(ManifestFile manifest, Table table) throws IOException {
    FileIO io = table.io();
    List<String> locations = new ArrayList<>();
    try (ManifestReader<? extends ContentFile<?>> reader =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, io, table.specs())
            : ManifestFiles.readDeleteManifest(manifest, io, table.specs())) {
      reader.forEach(file -> locations.add(file.location()));
    }
    return locations;
  }
}
