package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock Flink JDBC driver on the REST door. */
class RestDoorITCase {
  @TempDir static Path folder;
  private static OrochiServer server;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(ServerConfig.Ports.auto()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aQueryWithoutTablesAnswers() throws Exception {
    assertThat(rows("SELECT 1, 'a', CAST(1.5 AS DECIMAL(3, 1))")).containsExactly("1|a|1.5");
  }

  @Test
  void everySessionStartsInTheDefaultDatabaseOfOurCatalog() throws Exception {
    assertThat(rows("SHOW CURRENT CATALOG")).containsExactly("orochi");
    assertThat(rows("SHOW CURRENT DATABASE")).containsExactly("default");
    assertThat(rows("SHOW MODULES")).contains("orochi", "core");
  }

  @Test
  void rowsInsertedAreReadOnBothEngines() throws Exception {
    run("CREATE TABLE t_rest (id INT, name STRING)");
    run("INSERT INTO t_rest VALUES (1, 'one'), (2, 'two')");
    for (String engine : List.of("auto", "flink")) {
      assertThat(rows("SELECT id, name FROM t_rest ORDER BY id", engine))
          .containsExactly("1|one", "2|two");
    }
  }

  @Test
  void anUnknownSettingNamesTheNearest() {
    assertThatThrownBy(() -> run("SET 'orochi.execution.engin' = 'flink'"))
        .rootCause()
        .hasMessageContaining("OROCHI-7006: Unknown setting: orochi.execution.engin")
        .hasMessageContaining("HINT: Did you mean orochi.execution.engine?");
  }

  @Test
  void aMissingTableIsACodedErrorWithoutAStackTrace() {
    assertThatThrownBy(() -> rows("SELECT * FROM no_such_table"))
        .rootCause()
        .hasMessageContaining("OROCHI-")
        .hasMessageContaining("no_such_table");
  }

  @Test
  void aBareNullTakesItsColumnsType() throws Exception {
    run("CREATE TABLE t_null (id INT, name STRING, tags ARRAY<STRING>, `at` TIMESTAMP_LTZ(6))");
    run("INSERT INTO t_null VALUES (1, NULL, NULL, NULL), (2, 'two', ARRAY['a'], NULL)");
    run("INSERT INTO t_null (name, id) VALUES (NULL, 3)");
    assertThat(rows("SELECT id, name, tags IS NULL, `at` FROM t_null ORDER BY id"))
        .containsExactly("1|null|true|null", "2|two|false|null", "3|null|true|null");
  }

  private static void run(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String sql, String engine) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET 'orochi.execution.engine' = '" + engine + "'");
      return rows(statement, sql);
    }
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      return rows(statement, sql);
    }
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    statement.execute(sql);
    return TestingRows.of(statement.getResultSet());
  }

  private static Connection connect() throws SQLException {
    URI address = URI.create(server.addresses().restUrl());
    return DriverManager.getConnection("jdbc:flink://" + address.getAuthority());
  }
}
