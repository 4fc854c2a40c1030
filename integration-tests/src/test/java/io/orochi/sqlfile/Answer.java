package io.orochi.sqlfile;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a statement gave, as text.
 *
 * @param types the SQL type of each column
 * @param rows cells as a {@code .test} file writes them
 */
record Answer(List<String> types, List<List<String>> rows) {
  private static final double TOLERANCE = 1e-9;

  static Answer of(ResultSet result) throws SQLException {
    ResultSetMetaData meta = result.getMetaData();
    List<String> types = new ArrayList<>();
    for (int column = 1; column <= meta.getColumnCount(); column++) {
      types.add(typeOf(meta, column));
    }
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= types.size(); column++) {
        row.add(text(result.getObject(column)));
      }
      rows.add(row);
    }
    return new Answer(types, rows);
  }

  private static String typeOf(ResultSetMetaData meta, int column) throws SQLException {
    String name = meta.getColumnTypeName(column);
    return name.startsWith("DECIMAL")
        ? "DECIMAL(" + meta.getPrecision(column) + ", " + meta.getScale(column) + ")"
        : name;
  }

  /** How a value is written in a {@code .test} file. */
  static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    }
    if (value instanceof Timestamp timestamp) {
      return text(timestamp.toLocalDateTime());
    }
    if (value instanceof Instant instant) {
      return text(instant.atOffset(ZoneOffset.UTC).toLocalDateTime());
    }
    if (value instanceof OffsetDateTime time) {
      return text(time.toInstant());
    }
    if (value instanceof ZonedDateTime time) {
      return text(time.toInstant());
    }
    if (value instanceof LocalDateTime time) {
      String text = time.toString().replace('T', ' ');
      return text.length() == "2020-01-01 00:00".length() ? text + ":00" : text;
    }
    if (value instanceof java.sql.Array array) {
      return array(array);
    }
    if (value instanceof Object[] array) {
      return Arrays.stream(array).map(Answer::text).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Answer::text).collect(Collectors.joining(", ", "[", "]"));
    }
    String text = value.toString();
    return text.isEmpty() ? "(empty)" : text;
  }

  private static String array(java.sql.Array array) {
    try {
      return text(array.getArray());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Equal texts, or two floating-point numbers that differ by rounding only. */
  boolean cellMatches(int column, String expected, String actual) {
    if (expected.equals(actual)) {
      return true;
    }
    String type = types.get(column);
    if (!type.startsWith("DOUBLE") && !type.startsWith("FLOAT") && !type.startsWith("REAL")) {
      return false;
    }
    try {
      double wanted = Double.parseDouble(expected);
      double found = Double.parseDouble(actual);
      double tolerance = type.startsWith("DOUBLE") ? TOLERANCE : 1e-6;
      return Math.abs(wanted - found) <= tolerance * Math.max(1, Math.abs(wanted));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
