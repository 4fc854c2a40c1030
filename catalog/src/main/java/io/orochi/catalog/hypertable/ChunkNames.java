package io.orochi.catalog.hypertable;

import io.orochi.table.layout.Chunk;
import io.orochi.table.layout.TableLayout;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;

/** Tells of each data file which chunk it belongs to, whatever spec it was written by. */
public final class ChunkNames {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private final Table table;
  private final TableLayout layout;
  private final Map<Integer, Integer> timePositions = new HashMap<>();

  /**
   * @param layout null if the table is not a hypertable: no file belongs to a chunk then
   */
  ChunkNames(Table table, TableLayout layout) {
    this.table = table;
    this.layout = layout;
  }

  public static ChunkNames of(Table table) {
    return new ChunkNames(table, TableLayout.of(table).orElse(null));
  }

  public String of(DataFile file) {
    return empty(file).name();
  }

  /** The chunk of a file, with nothing counted yet. */
  ChunkStatistics empty(DataFile file) {
    PartitionSpec spec = table.specs().get(file.specId());
    int position =
        timePositions.computeIfAbsent(
            file.specId(), any -> layout == null ? -1 : timePosition(spec, layout.timeColumn()));
    Integer ordinal = position < 0 ? null : file.partition().get(position, Integer.class);
    Optional<Instant> start =
        ordinal == null
            ? Optional.empty()
            : start(spec.fields().get(position).transform().toString(), ordinal);
    if (start.isEmpty()) {
      return new ChunkStatistics(ChunkStatistics.UNPARTITIONED, null, null, 0, 0, 0, true);
    }
    Chunk chunk = layout.chunkOf(start.get());
    return new ChunkStatistics(chunk.name(), chunk.start(), chunk.end(), 0, 0, 0, true);
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
