package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.deletes.PositionSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Deleted positions as a temp table of one row per file, whose bits the kernel itself looks up. The
 * join neither changes how many rows the kernel expects nor has more rows than there are files.
 */
final class DeletedBits {
  private DeletedBits() {}

  /**
   * Creates the table; returns the text of the join on reader {@code r}.
   *
   * @param deleted by the place of the file in the reader's list
   */
  static String join(Connection connection, String table, List<PositionSet> deleted)
      throws SQLException {
    Statements.execute(connection, "CREATE TEMP TABLE " + table + " (file UBIGINT, bits BLOB)");
    try (DuckDBAppender appender =
        connection.unwrap(DuckDBConnection.class).createAppender("temp", "main", table)) {
      for (int file = 0; file < deleted.size(); file++) {
        appender.beginRow().append((long) file).append(deleted.get(file).bits()).endRow();
      }
    }
    return " JOIN (SELECT file, CAST(bits AS BIT) AS bits FROM %1$s) AS %1$s ON %1$s.file = r.file_index"
            .formatted(table)
        + " AND get_bit(%s.bits, CAST(r.file_row_number AS INTEGER)) = 0".formatted(table);
  }
}
