package io.orochi.tpch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * A plain DuckDB over the same Parquet files, as its users would have it: the source of known
 * answers and the yardstick of benchmarks. It knows nothing of Iceberg: tables with deletes or
 * renamed columns are not for it.
 */
public final class DuckDbReference implements AutoCloseable {
  private final Connection connection;

  public DuckDbReference() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  /** Makes the files of a table's current snapshot a view. */
  public void view(String name, Table table) throws SQLException, IOException {
    List<String> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      tasks.forEach(task -> files.add("'" + onDisk(task.file().location()) + "'"));
    }
    String list = files.stream().sorted().collect(Collectors.joining(", ", "[", "]"));
    execute("CREATE VIEW %s AS SELECT * FROM read_parquet(%s)".formatted(name, list));
  }

  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  public List<List<Object>> query(String sql) throws SQLException {
    return query(sql, DuckDbReference::rows);
  }

  /** What becomes of the rows. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(ResultSet result) throws SQLException;
  }

  /** The same, reading the rows in another way. */
  public <T> T query(String sql, Reader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return reader.read(result);
    }
  }

  /** Every row as a list of JDBC's objects. */
  public static List<List<Object>> rows(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    List<List<Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<Object> row = new ArrayList<>(columns);
      for (int column = 1; column <= columns; column++) {
        row.add(result.getObject(column));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Path onDisk(String location) {
    return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
