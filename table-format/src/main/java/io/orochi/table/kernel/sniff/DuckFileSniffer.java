package io.orochi.table.kernel.sniff;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.exec.InstanceSettings;
import io.orochi.table.kernel.sniff.SniffedFile.CsvDialect;
import io.orochi.table.kernel.sql.SqlText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** A hardened instance per file, gone with the answer. */
final class DuckFileSniffer implements FileSniffer {
  private static final long MEMORY_BYTES = 512L << 20;
  private static final int SAMPLE_ROWS = 200_000;
  private static final int SPAN_ROWS = 5_000_000;

  @Override
  public SniffedFile sniff(Path file, Format format) {
    Path path = file.toAbsolutePath().normalize();
    if (!Files.isRegularFile(path)) {
      throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot find file " + file);
    }
    try (Connection connection = connect(path)) {
      return sniff(connection, escaped(path), format);
    } catch (SQLException | IllegalArgumentException e) {
      throw failure(file, format, e);
    }
  }

  @Override
  public Duration timeSpan(Path file, Format format, String column) {
    Path path = file.toAbsolutePath().normalize();
    String name = SqlText.identifier(column);
    String sql =
        "SELECT coalesce(epoch(max(%1$s)) - epoch(min(%1$s)), 0) FROM (SELECT %1$s FROM %2$s LIMIT %3$d)"
            .formatted(name, relation(escaped(path), format), SPAN_ROWS);
    try (Connection connection = connect(path);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return Duration.ofSeconds((long) row.getDouble(1));
    } catch (SQLException unreadable) {
      return Duration.ZERO;
    }
  }

  private static Connection connect(Path path) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:");
    InstanceSettings.apply(
        connection,
        new InstanceSettings.Limits(MEMORY_BYTES, 1, path.getParent(), 0),
        List.of(path.getParent()));
    return connection;
  }

  private static String relation(String path, Format format) {
    return switch (format) {
      case CSV -> "read_csv(" + path + ", ignore_errors = true, sample_size = " + SAMPLE_ROWS + ")";
      case JSON ->
          "read_json("
              + path
              + ", format = 'newline_delimited', sample_size = "
              + SAMPLE_ROWS
              + ")";
      case PARQUET -> "read_parquet(" + path + ", hive_partitioning = false)";
    };
  }

  private static OrochiException failure(Path file, Format format, Exception cause) {
    String detail = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    if (detail.contains("end of GZIP stream")) {
      return OrochiException.of(
              OrochiErrorCode.INPUT_TRUNCATED, "Cannot read file to its end: " + file)
          .withDetail(detail)
          .withHint("Copy the file again; nothing of it was loaded.")
          .causedBy(cause);
    }
    return OrochiException.of(
            OrochiErrorCode.INPUT_FORMAT_UNKNOWN,
            "Cannot make out the columns of file " + file + " as " + format)
        .withDetail(detail)
        .withHint("Correct the file, or name its format with --format.")
        .causedBy(cause);
  }

  private static SniffedFile sniff(Connection connection, String path, Format format)
      throws SQLException {
    return switch (format) {
      case CSV -> sniffCsv(connection, path);
      case JSON ->
          described(
              connection, relation(path, format), KernelTypeParser.LocalTimestamps.TAKEN_AS_UTC);
      case PARQUET ->
          described(connection, relation(path, format), KernelTypeParser.LocalTimestamps.KEPT);
    };
  }

  private static SniffedFile sniffCsv(Connection connection, String path) throws SQLException {
    String sql =
        "SELECT s.* EXCLUDE (Columns), c.name AS column_name, c.type AS column_type FROM"
            + " sniff_csv("
            + path
            + ", sample_size = "
            + SAMPLE_ROWS
            + ") s, unnest(s.Columns) u(c)";
    Map<String, String> types = new LinkedHashMap<>();
    CsvDialect dialect = null;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        dialect = dialectOf(rows);
        types.put(rows.getString("column_name"), rows.getString("column_type"));
      }
    }
    return file(types, dialect, KernelTypeParser.LocalTimestamps.TAKEN_AS_UTC);
  }

  private static CsvDialect dialectOf(ResultSet row) throws SQLException {
    return new CsvDialect(
        textOf(row.getString("Delimiter")),
        textOf(row.getString("Quote")),
        textOf(row.getString("Escape")),
        row.getBoolean("HasHeader"),
        row.getInt("SkipRows"),
        textOf(row.getString("DateFormat")),
        textOf(row.getString("TimestampFormat")));
  }

  private static String textOf(String sniffed) {
    return sniffed == null || sniffed.equals("(empty)") ? "" : sniffed;
  }

  private static SniffedFile described(
      Connection connection, String relation, KernelTypeParser.LocalTimestamps timestamps)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + relation)) {
      while (rows.next()) {
        types.put(rows.getString("column_name"), rows.getString("column_type"));
      }
    }
    return file(types, null, timestamps);
  }

  private static SniffedFile file(
      Map<String, String> types, CsvDialect dialect, KernelTypeParser.LocalTimestamps timestamps) {
    if (types.isEmpty()) {
      throw new IllegalArgumentException("the file has no columns");
    }
    KernelTypeParser parser = new KernelTypeParser(timestamps, types.size());
    List<NestedField> fields = new ArrayList<>();
    types.forEach(
        (name, type) ->
            fields.add(NestedField.optional(fields.size() + 1, name, parser.parse(type))));
    return new SniffedFile(new Schema(fields), dialect, types);
  }

  /** The kernel takes a path for a pattern; a bracketed character stands for itself. */
  private static String escaped(Path path) {
    return SqlText.literal(path.toString().replaceAll("([*?\\[])", "[$1]"));
  }
}
