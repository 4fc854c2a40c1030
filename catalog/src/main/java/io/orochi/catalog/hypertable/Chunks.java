package io.orochi.catalog.hypertable;

import io.orochi.table.layout.TableLayout;
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
import org.apache.iceberg.TableProperties;

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
    String own =
        path(table.properties().getOrDefault(TableProperties.WRITE_DATA_LOCATION, table.location()))
            + "/";
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
                  path(file.location()).startsWith(own)),
              (known, one) -> known.plus(one.rows(), one.bytes(), one.inPlace()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read manifest: " + manifest.path(), e);
      }
    }
    return sorted(chunks.values());
  }

  /** A local location is spelt in several ways. */
  private static String path(String location) {
    String path = location.replaceFirst("^file:/+", "/");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static List<ChunkStatistics> sorted(Collection<ChunkStatistics> chunks) {
    return chunks.stream().sorted(BY_TIME).toList();
  }
}
