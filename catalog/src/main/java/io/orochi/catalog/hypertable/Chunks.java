package io.orochi.catalog.hypertable;

import io.orochi.table.layout.Chunk;
import io.orochi.table.layout.TableLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Lists the chunks of a hypertable from the manifests of its current snapshot. */
public final class Chunks {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
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
    Map<String, ChunkStatistics> chunks = new HashMap<>();
    for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
      PartitionSpec spec = table.specs().get(manifest.partitionSpecId());
      int position = timePosition(spec, layout.timeColumn());
      try (ManifestReader<DataFile> files =
          ManifestFiles.read(manifest, table.io(), table.specs()).select(FILE_COLUMNS)) {
        for (DataFile file : files) {
          ChunkStatistics empty = empty(layout, spec, position, file);
          chunks.merge(
              empty.name(),
              empty.plus(file.recordCount(), file.fileSizeInBytes()),
              (known, one) -> known.plus(one.rows(), one.bytes()));
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

  private static ChunkStatistics empty(
      TableLayout layout, PartitionSpec spec, int position, DataFile file) {
    Integer ordinal = position < 0 ? null : file.partition().get(position, Integer.class);
    Optional<Instant> start =
        ordinal == null
            ? Optional.empty()
            : start(spec.fields().get(position).transform().toString(), ordinal);
    if (start.isEmpty()) {
      return new ChunkStatistics(ChunkStatistics.UNPARTITIONED, null, null, 0, 0, 0);
    }
    Chunk chunk = layout.chunkOf(start.get());
    return new ChunkStatistics(chunk.name(), chunk.start(), chunk.end(), 0, 0, 0);
  }

  /** The first partition field made from the time column; -1 if there is none. */
  private static int timePosition(PartitionSpec spec, String timeColumn) {
    List<PartitionField> fields = spec.fields();
    for (int i = 0; i < fields.size(); i++) {
      String source = spec.schema().findColumnName(fields.get(i).sourceId());
      if (timeColumn.equals(source) && start(fields.get(i).transform().toString(), 0).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /** Where a value of Iceberg's time transforms begins; empty for another transform. */
  private static Optional<Instant> start(String transform, int ordinal) {
    return switch (transform) {
      case "hour" -> at(EPOCH.plusHours(ordinal));
      case "day" -> at(EPOCH.plusDays(ordinal));
      case "month" -> at(EPOCH.plusMonths(ordinal));
      case "year" -> at(EPOCH.plusYears(ordinal));
      default -> Optional.empty();
    };
  }

  private static Optional<Instant> at(LocalDateTime time) {
    return Optional.of(time.toInstant(ZoneOffset.UTC));
  }
}
