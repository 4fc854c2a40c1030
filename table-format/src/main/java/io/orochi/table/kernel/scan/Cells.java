package io.orochi.table.kernel.scan;

import io.orochi.table.layout.TableLayout;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;

/**
 * Counts the distinct chunks and shards among the partitions of files. In a table that is not a
 * hypertable each partition counts as a chunk. Not safe for threads.
 */
final class Cells {
  private static final String BUCKET = "bucket[";

  private final TableLayout layout;
  private final Map<Integer, PartitionSpec> specs;
  private final Set<Object> chunks = new HashSet<>();
  private final Set<Object> shards = new HashSet<>();
  private final Map<Object, Object> chunkOfOrdinal = new HashMap<>();

  /**
   * @param layout null if the table is not a hypertable
   */
  Cells(TableLayout layout, Map<Integer, PartitionSpec> specs) {
    this.layout = layout;
    this.specs = specs;
  }

  void add(int specId, StructLike partition) {
    PartitionSpec spec = specs.get(specId);
    Object chunk = null;
    Object shard = 0;
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      if (field.transform().toString().startsWith(BUCKET)) {
        Object bucket = partition.get(i, Object.class);
        shard = bucket == null ? 0 : bucket;
      } else if (layout != null && cutsChunks(spec, field)) {
        chunk = chunkOf(field.transform().toString(), partition.get(i, Integer.class));
      }
    }
    chunks.add(chunk != null ? chunk : layout != null ? "" : spec.partitionToPath(partition));
    shards.add(shard);
  }

  void addAll(Cells other) {
    chunks.addAll(other.chunks);
    shards.addAll(other.shards);
  }

  long chunks() {
    return chunks.size();
  }

  long shards() {
    return shards.size();
  }

  private boolean cutsChunks(PartitionSpec spec, PartitionField field) {
    return switch (field.transform().toString()) {
      case "hour", "day", "month", "year" ->
          layout.timeColumn().equals(spec.schema().findColumnName(field.sourceId()));
      default -> false;
    };
  }

  private Object chunkOf(String transform, Integer ordinal) {
    if (ordinal == null) {
      return "null";
    }
    return chunkOfOrdinal.computeIfAbsent(
        transform + ordinal, key -> layout.chunkOf(startOf(transform, ordinal)).start());
  }

  private static Instant startOf(String transform, int ordinal) {
    return switch (transform) {
      case "hour" -> Instant.ofEpochSecond(ordinal * 3600L);
      case "day" -> Instant.ofEpochSecond(ordinal * 86_400L);
      case "month" -> startOfDay(LocalDate.ofEpochDay(0).plusMonths(ordinal));
      default -> startOfDay(LocalDate.ofEpochDay(0).plusYears(ordinal));
    };
  }

  private static Instant startOfDay(LocalDate day) {
    return Instant.ofEpochSecond(day.toEpochDay() * 86_400L);
  }
}
