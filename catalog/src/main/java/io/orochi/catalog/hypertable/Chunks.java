package io.orochi.catalog.hypertable;

import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TierLocations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Lists the chunks of a hypertable from the manifests of its current snapshot. */
public final class Chunks {
  private static final List<String> FILE_COLUMNS =
      List.of("file_path", "file_format", "partition", "record_count", "file_size_in_bytes");
  private static final Comparator<ChunkStatistics> BY_TIME =
      Comparator.comparing(ChunkStatistics::start, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(ChunkStatistics::name);

  private Chunks() {}

  /** Only chunks that hold a file; ordered by time. */
  public static List<ChunkStatistics> of(Table table, TableLayout layout) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return List.of();
    }
    ChunkNames names = new ChunkNames(table, layout);
    Map<String, ChunkStatistics> chunks = new HashMap<>();
    TierLocations tiers = TierLocations.of(table);
    for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
      try (ManifestReader<DataFile> files =
          ManifestFiles.read(manifest, table.io(), table.specs()).select(FILE_COLUMNS)) {
        for (DataFile file : files) {
          ChunkStatistics empty = names.empty(file);
          chunks.merge(
              empty.name(),
              empty.plus(
                  file.recordCount(),
                  file.fileSizeInBytes(),
                  tiers.tierOf(file.location()).isPresent()),
              (known, one) -> known.plus(one.rows(), one.bytes(), one.inPlace()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read manifest: " + manifest.path(), e);
      }
    }
    return sorted(chunks.values());
  }

  private static List<ChunkStatistics> sorted(Collection<ChunkStatistics> chunks) {
    return chunks.stream().sorted(BY_TIME).toList();
  }
}
