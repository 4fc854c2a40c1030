package io.orochi.table.kernel.exec;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs statements that return nothing; each has a Statement of its own, as a failure closes it. */
public final class Statements {
  private Statements() {}

  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
