package io.orochi.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Statements over JDBC, in a test's words. */
public final class Sql {
  private Sql() {}

  /** Runs a statement to its end and forgets its rows. */
  public static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            continue;
          }
        }
      }
    }
  }

  /** Each row is its values as text, joined by " | "; NULL is {@code NULL}. */
  public static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        Object[] row = new Object[columns];
        for (int column = 0; column < columns; column++) {
          row[column] = result.getObject(column + 1);
        }
        rows.add(
            Arrays.stream(row)
                .map(value -> value == null ? "NULL" : value.toString())
                .collect(Collectors.joining(" | ")));
      }
      return rows;
    }
  }

  /** The messages of a failure and its causes, outermost first. */
  public static String messages(Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable t = failure; t != null && messages.size() < 32; t = t.getCause()) {
      messages.add(String.valueOf(t.getMessage()));
    }
    return String.join("\n", messages);
  }
}
