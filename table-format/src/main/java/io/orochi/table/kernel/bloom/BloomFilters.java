package io.orochi.table.kernel.bloom;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.kernel.exec.FileShapes;
import io.orochi.table.kernel.files.FileLease;
import io.orochi.table.kernel.files.LocalFile;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.sql.SqlText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by the bloom filters in data files which of them cannot hold a value. Only where the
 * filters lie stays in memory; a look-up reads 32 bytes of the file. Only files whose bytes have
 * been compared with their digest are asked: a filter with a lost bit would lose rows. Safe to
 * share between threads.
 */
public final class BloomFilters {
  private static final long FILTERS_KEPT = 1_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(BloomFilters.class);

  private final FileShapes shapes;
  private final Cache<LocalFile, FileFilters> files =
      Caffeine.newBuilder()
          .maximumWeight(FILTERS_KEPT)
          .weigher((LocalFile file, FileFilters filters) -> filters.weight())
          .build();

  public BloomFilters(FileShapes shapes) {
    this.shapes = shapes;
  }

  /** The filters of each row group of a file, by field id. */
  private record FileFilters(List<Map<Integer, BlockFilter>> rowGroups) {
    int weight() {
      return 1 + rowGroups.stream().mapToInt(Map::size).sum();
    }

    boolean isEmpty() {
      return rowGroups.stream().allMatch(Map::isEmpty);
    }
  }

  /**
   * The same scan without the files that cannot hold a row for which a condition is true; the scan
   * itself if the condition does not fit its columns.
   *
   * @param lease of all files of the plan
   */
  public ScanPlan narrow(
      Connection connection, ScanPlan plan, FileLease lease, Expression condition)
      throws SQLException {
    PointCondition points;
    try {
      points = new PointCondition(plan.schema(), condition);
    } catch (ValidationException | IllegalArgumentException notOfThisTable) {
      return plan;
    }
    List<LocalFile> asked =
        plan.tasks().stream()
            .filter(task -> task.file().format() == FileFormat.PARQUET)
            .map(task -> lease.of(task.file()))
            .filter(LocalFile::verified)
            .toList();
    load(connection, asked.stream().filter(file -> files.getIfPresent(file) == null).toList());
    List<FileScanTask> kept =
        plan.tasks().stream().filter(task -> mayHold(points, lease.of(task.file()))).toList();
    return kept.size() == plan.tasks().size() ? plan : plan.only(kept);
  }

  /** A file that cannot be read is kept: reading it will tell why. */
  private boolean mayHold(PointCondition points, LocalFile file) {
    FileFilters filters = file.verified() ? files.getIfPresent(file) : null;
    if (filters == null || filters.isEmpty()) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ)) {
      for (Map<Integer, BlockFilter> rowGroup : filters.rowGroups()) {
        if (points.mayHold(rowGroup, channel)) {
          return true;
        }
      }
      return false;
    } catch (IOException unreadable) {
      LOG.debug("Cannot look into the bloom filters of {}", file.path(), unreadable);
      return true;
    }
  }

  private void load(Connection connection, List<LocalFile> unknown) throws SQLException {
    if (unknown.isEmpty()) {
      return;
    }
    shapes.load(connection, unknown);
    Map<String, List<Chunk>> chunks = chunks(connection, unknown);
    Map<String, Integer> rowGroups = rowGroups(connection, unknown);
    for (LocalFile file : unknown) {
      files.put(
          file,
          read(
              file,
              rowGroups.getOrDefault(file.path(), 0),
              chunks.getOrDefault(file.path(), List.of()),
              shapes.fieldIds(connection, file)));
    }
  }

  /** A column of a row group that has a filter. */
  private record Chunk(int rowGroup, String column, String physicalType, long filterOffset) {}

  private static Map<String, List<Chunk>> chunks(Connection connection, List<LocalFile> of)
      throws SQLException {
    String sql =
        "SELECT file_name, row_group_id, path_in_schema, type, bloom_filter_offset"
            + " FROM parquet_metadata("
            + paths(of)
            + ") WHERE bloom_filter_offset > 0";
    Map<String, List<Chunk>> chunks = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        chunks
            .computeIfAbsent(rows.getString(1), path -> new ArrayList<>())
            .add(
                new Chunk(
                    (int) rows.getLong(2), rows.getString(3), rows.getString(4), rows.getLong(5)));
      }
    }
    return chunks;
  }

  private static Map<String, Integer> rowGroups(Connection connection, List<LocalFile> of)
      throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT file_name, num_row_groups FROM parquet_file_metadata(" + paths(of) + ")")) {
      while (rows.next()) {
        counts.put(rows.getString(1), (int) rows.getLong(2));
      }
    }
    return counts;
  }

  private static String paths(List<LocalFile> of) {
    return SqlText.literals(of.stream().map(LocalFile::path).toList());
  }

  private static FileFilters read(
      LocalFile file, int rowGroups, List<Chunk> chunks, Map<String, Integer> fieldIds) {
    List<Map<Integer, BlockFilter>> filters = new ArrayList<>();
    IntStream.range(0, rowGroups).forEach(group -> filters.add(new HashMap<>()));
    if (chunks.isEmpty() || rowGroups == 0) {
      return new FileFilters(filters);
    }
    try (FileChannel channel = FileChannel.open(Path.of(file.path()), StandardOpenOption.READ)) {
      for (Chunk chunk : chunks) {
        Integer field = fieldIds.get(chunk.column());
        Optional<BlockFilter> filter =
            field == null
                ? Optional.empty()
                : BlockFilter.at(channel, chunk.filterOffset(), chunk.physicalType());
        filter.ifPresent(found -> filters.get(chunk.rowGroup()).put(field, found));
      }
    } catch (IOException unreadable) {
      LOG.debug("Cannot read where the bloom filters of {} are", file.path(), unreadable);
      return new FileFilters(List.of());
    }
    return new FileFilters(filters);
  }
}
