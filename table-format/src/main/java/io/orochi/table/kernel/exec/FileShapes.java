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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns files hold. A column found by field id in a file without field ids is silently
 * NULL, and one found by name may be another one since a rename, so footers are read once. Safe to
 * share between threads.
 */
public final class FileShapes {
  private static final long SHAPES_KEPT = 100_000;
  private static final long DISTINCT_KEPT = 1_000;

  private final Cache<LocalFile, FileShape> shapes =
      Caffeine.newBuilder().maximumSize(SHAPES_KEPT).build();

  /** Most files of a table look alike and share one shape. */
  private final Cache<FileShape, FileShape> distinct =
      Caffeine.newBuilder().maximumSize(DISTINCT_KEPT).build();

  FileShape of(Connection connection, LocalFile file) throws SQLException {
    FileShape known = shapes.getIfPresent(file);
    if (known != null) {
      return known;
    }
    FileShape read = read(connection, file);
    shapes.put(file, read);
    return read;
  }

  /** The field ids of a file's top-level columns that have one, by their names in the file. */
  public Map<String, Integer> fieldIds(Connection connection, LocalFile file) throws SQLException {
    Map<String, Integer> ids = new HashMap<>();
    for (FileShape.Column column : of(connection, file).columns()) {
      if (column.fieldId() != null) {
        ids.put(column.name(), column.fieldId());
      }
    }
    return ids;
  }

  /** Reads what is not known yet of many files at once, which saves most of the cost of each. */
  public void load(Connection connection, Collection<LocalFile> files) throws SQLException {
    Map<String, LocalFile> unknown = new HashMap<>();
    for (LocalFile file : files) {
      if (shapes.getIfPresent(file) == null) {
        unknown.put(file.path(), file);
      }
    }
    if (!unknown.isEmpty()) {
      read(connection, unknown.keySet())
          .forEach((path, shape) -> shapes.put(unknown.get(path), shape));
    }
  }

  private FileShape read(Connection connection, LocalFile file) throws SQLException {
    return read(connection, List.of(file.path())).get(file.path());
  }

  private Map<String, FileShape> read(Connection connection, Collection<String> paths)
      throws SQLException {
    String sql =
        "SELECT file_name, name, field_id, coalesce(num_children, 0), duckdb_type, column_id"
            + " FROM parquet_schema("
            + SqlText.literals(List.copyOf(paths))
            + ") ORDER BY file_name, column_id";
    Map<String, List<FileShape.Column>> columns = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      ColumnReader reader = null;
      while (rows.next()) {
        if (rows.getLong(6) == 0) {
          reader = new ColumnReader();
          columns.put(rows.getString(1), reader.columns);
        } else {
          reader.add(rows);
        }
      }
    }
    Map<String, FileShape> read = new HashMap<>();
    columns.forEach(
        (path, list) ->
            read.put(path, distinct.get(new FileShape(List.copyOf(list)), shape -> shape)));
    return read;
  }

  /** Takes the nodes of one file's schema, each before those in it. */
  private static final class ColumnReader {
    private final List<FileShape.Column> columns = new ArrayList<>();
    private long below;

    void add(ResultSet node) throws SQLException {
      long children = node.getLong(4);
      Number number = (Number) node.getObject(3);
      Integer id = number == null ? null : number.intValue();
      if (below > 0) {
        below += children - 1;
        if (id != null) {
          columns.set(
              columns.size() - 1, columns.get(columns.size() - 1).with(id, node.getString(2)));
        }
      } else {
        String type = FileShape.shortName(node.getString(5));
        columns.add(new FileShape.Column(node.getString(2), id, type, List.of()));
        below = children;
      }
    }
  }
}
