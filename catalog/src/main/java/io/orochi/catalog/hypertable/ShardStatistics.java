package io.orochi.catalog.hypertable;

import io.orochi.table.layout.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * What the manifests of one snapshot say about a shard.
 *
 * @param shard null for files written before the table was distributed as it is now
 * @param rows in data files; rows that delete files hide are still counted
 */
public record ShardStatistics(Integer shard, long files, long rows, long bytes) {
  private static final List<String> FILE_COLUMNS =
      List.of("file_path", "file_format", "partition", "record_count", "file_size_in_bytes");

  /** Only shards that hold a file, ordered by number; files of no shard come first. */
  public static List<ShardStatistics> of(Table table, Distribution.Hash distribution) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return List.of();
    }
    Map<Integer, ShardStatistics> shards = new HashMap<>();
    for (ManifestFile manifest : snapshot.dataManifests(table.io())) {
      int field = bucketField(table, table.specs().get(manifest.partitionSpecId()), distribution);
      try (ManifestReader<DataFile> files =
          ManifestFiles.read(manifest, table.io(), table.specs()).select(FILE_COLUMNS)) {
        for (DataFile file : files) {
          Integer shard = field < 0 ? null : shardOf(file, field);
          shards.merge(
              shard == null ? -1 : shard,
              new ShardStatistics(shard, 1, file.recordCount(), file.fileSizeInBytes()),
              ShardStatistics::plus);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read manifest: " + manifest.path(), e);
      }
    }
    return shards.values().stream()
        .sorted(
            Comparator.comparing(
                ShardStatistics::shard, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }

  /** A row without a key counts with shard 0. */
  private static Integer shardOf(DataFile file, int field) {
    Integer bucket = file.partition().get(field, Integer.class);
    return bucket == null ? 0 : bucket;
  }

  private static int bucketField(Table table, PartitionSpec spec, Distribution.Hash distribution) {
    String transform = "bucket[" + distribution.shards() + "]";
    for (int i = 0; i < spec.fields().size(); i++) {
      if (spec.fields().get(i).transform().toString().equals(transform)
          && distribution
              .column()
              .equals(table.schema().findColumnName(spec.fields().get(i).sourceId()))) {
        return i;
      }
    }
    return -1;
  }

  private ShardStatistics plus(ShardStatistics other) {
    return new ShardStatistics(shard, files + other.files, rows + other.rows, bytes + other.bytes);
  }
}
