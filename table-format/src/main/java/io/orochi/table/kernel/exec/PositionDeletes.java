package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.files.FileLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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

/** Position deletes and deletion vectors of one group as a temp table (file_index, position). */
final class PositionDeletes {
  private final FileLease lease;
  private final TempNames names;

  PositionDeletes(FileLease lease, TempNames names) {
    this.lease = lease;
    this.names = names;
  }

  /** Creates the table; returns the text of the join on reader {@code r}. */
  String join(Connection connection, FileGroup group) throws SQLException {
    String table = names.next();
    Statements.execute(connection, "CREATE TEMP TABLE " + table + " (file UBIGINT, pos BIGINT)");
    Loader loader = new Loader(lease);
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", table)) {
      for (int file = 0; file < group.tasks().size(); file++) {
        append(appender, file, loader.positions(group.tasks().get(file)));
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
      List<DeleteFile> deletes =
          task.deletes().stream()
              .filter(delete -> delete.content() == FileContent.POSITION_DELETES)
              .toList();
      return loadPositionDeletes(deletes, task.file().location());
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
