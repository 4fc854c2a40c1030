package io.orochi.table.kernel.exec;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.kernel.files.LocalFile;
import io.orochi.table.kernel.sql.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Which columns the files of foreign writers hold. A column found by field id in a file without
 * field ids is silently NULL, so their footers are read once; the files of our own commits hold
 * every column of their day with its id and are not asked. Safe to share between threads.
 */
public final class FileShapes {
  private static final long SHAPES_KEPT = 100_000;

  private final Cache<LocalFile, FileShape> shapes =
      Caffeine.newBuilder().maximumSize(SHAPES_KEPT).build();

  FileShape of(Connection connection, LocalFile file) throws SQLException {
    FileShape known = shapes.getIfPresent(file);
    if (known != null) {
      return known;
    }
    FileShape read = read(connection, file);
    shapes.put(file, read);
    return read;
  }

  private static FileShape read(Connection connection, LocalFile file) throws SQLException {
    String sql =
        "SELECT name, field_id, coalesce(num_children, 0) FROM parquet_schema("
            + SqlText.literal(file.path())
            + ")";
    List<FileShape.Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next(); // the root
      long below = 0;
      while (rows.next()) {
        if (below == 0) {
          String name = rows.getString(1);
          Number id = (Number) rows.getObject(2);
          columns.add(new FileShape.Column(name, id == null ? null : id.intValue()));
          below = rows.getLong(3);
        } else {
          below += rows.getLong(3) - 1;
        }
      }
    }
    return new FileShape(List.copyOf(columns));
  }
}
