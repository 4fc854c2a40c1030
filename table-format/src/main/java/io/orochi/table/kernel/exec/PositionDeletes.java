package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.deletes.DeleteMemory;
import io.orochi.table.kernel.deletes.KeptRows;
import io.orochi.table.kernel.deletes.PositionSet;
import io.orochi.table.kernel.deletes.PositionSets;
import io.orochi.table.kernel.files.FileLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Files;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Position deletes and deletion vectors of one group. Loading bits takes as long as copying an
 * eighth of a byte per row of the files; where that is much more than there are deletes, the
 * positions are joined one by one.
 */
final class PositionDeletes {
  /** What is always little. */
  private static final long FEW_BYTES = 32L << 20;

  /** About what a position costs in a table that is joined. */
  private static final long BYTES_PER_POSITION = 64;

  private final DeleteMemory memory;
  private final FileLease lease;
  private final Loader loader;

  /**
   * What leaves the rows of reader {@code r} that stay.
   *
   * @param joins after the reader
   * @param where after all joins
   */
  record Text(String joins, String where) {
    static final Text NONE = new Text("", "");
  }

  PositionDeletes(DeleteMemory memory, FileLease lease) {
    this.memory = memory;
    this.lease = lease;
    this.loader = new Loader(lease);
  }

  /**
   * @param table a name not taken yet
   * @param scans gets what has to be closed after the last query
   */
  Text resolve(Connection connection, FileGroup group, String table, List<KeptRows.Scan> scans)
      throws SQLException {
    List<FileScanTask> tasks = group.tasks();
    long bytes = tasks.stream().mapToLong(t -> PositionSet.bytesOf(t.file().recordCount())).sum();
    Optional<List<PositionSet>> bits = worthBits(tasks, bytes) ? bitsOf(tasks) : Optional.empty();
    if (bits.isEmpty()) {
      return new Text(joinPositions(connection, tasks, table), "");
    }
    Optional<KeptRows.Scan> scan =
        group.kind().isCounted() ? Optional.empty() : memory.kept().reserve(bytes);
    if (scan.isEmpty()) {
      return new Text(DeletedBits.join(connection, table, bits.get()), "");
    }
    scans.add(scan.get());
    return new Text("", " WHERE " + scan.get().condition(bits.get(), "r"));
  }

  private boolean worthBits(List<FileScanTask> tasks, long bytes) {
    long positions =
        tasks.stream()
            .flatMap(task -> deletesOf(task).stream())
            .mapToLong(DeleteFile::recordCount)
            .sum();
    return bytes <= memory.mostBits()
        && bytes <= Math.max(FEW_BYTES, BYTES_PER_POSITION * positions)
        && tasks.stream().allMatch(task -> task.file().recordCount() < Integer.MAX_VALUE);
  }

  /** Empty if a position is outside its file, where it hides nothing. */
  private Optional<List<PositionSet>> bitsOf(List<FileScanTask> tasks) {
    List<PositionSet> bits = new ArrayList<>();
    for (FileScanTask task : tasks) {
      Optional<PositionSet> known = memory.sets().of(keyOf(task), () -> loader.positions(task));
      if (known.isEmpty()) {
        return Optional.empty();
      }
      bits.add(known.get());
    }
    return Optional.of(bits);
  }

  private PositionSets.Key keyOf(FileScanTask task) {
    List<PositionSets.Part> parts =
        deletesOf(task).stream()
            .map(
                delete ->
                    new PositionSets.Part(
                        lease.of(delete), delete.contentOffset(), delete.contentSizeInBytes()))
            .toList();
    return new PositionSets.Key(task.file().location(), task.file().recordCount(), parts);
  }

  private String joinPositions(Connection connection, List<FileScanTask> tasks, String table)
      throws SQLException {
    Statements.execute(connection, "CREATE TEMP TABLE " + table + " (file UBIGINT, pos BIGINT)");
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", table)) {
      for (int file = 0; file < tasks.size(); file++) {
        append(appender, file, loader.positions(tasks.get(file)));
      }
    }
    return " ANTI JOIN "
        + table
        + " ON "
        + table
        + ".file = r.file_index AND "
        + table
        + ".pos = r.file_row_number";
  }

  private static void append(DuckDBAppender appender, long file, PositionDeleteIndex positions)
      throws SQLException {
    long[] deleted = new long[Math.toIntExact(positions.cardinality())];
    int[] size = new int[1];
    positions.forEach(position -> deleted[size[0]++] = position);
    for (long position : deleted) {
      appender.beginRow().append(file).append(position).endRow();
    }
  }

  private static List<DeleteFile> deletesOf(FileScanTask task) {
    return task.deletes().stream()
        .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
        .toList();
  }

  /**
   * Reads each delete file once per registration, however many data files it names; called by
   * Iceberg's workers too.
   */
  private static final class Loader extends BaseDeleteLoader {
    private final Map<String, Object> loaded = new ConcurrentHashMap<>();

    Loader(FileLease lease) {
      super(delete -> Files.localInput(lease.of(delete).path()));
    }

    PositionDeleteIndex positions(FileScanTask task) {
      return loadPositionDeletes(deletesOf(task), task.file().location());
    }

    @Override
    protected boolean canCache(long size) {
      return true;
    }

    @Override
    @SuppressWarnings("unchecked") // a key always maps to what its own supplier gave
    protected <V> V getOrLoad(String key, Supplier<V> supplier, long size) {
      return (V) loaded.computeIfAbsent(key, k -> supplier.get());
    }
  }
}
