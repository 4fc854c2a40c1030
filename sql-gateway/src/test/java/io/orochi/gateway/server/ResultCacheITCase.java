package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer that is given again is the one the query would have now. */
class ResultCacheITCase {
  private static final String HIT = "\nresult cache: hit\n";
  private static final String MISS = "\nresult cache: miss\n";

  @TempDir static Path folder;
  private static OrochiServer server;
  private static Connection connection;

  @BeforeAll
  static void start() throws SQLException {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
    connection = TestingFlight.connect(server);
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @BeforeEach
  void createTable() throws SQLException {
    run("DROP TABLE IF EXISTS c");
    run("CREATE TABLE c (k INT, at_utc TIMESTAMP_LTZ(6))");
    run(
        "INSERT INTO c VALUES (1, TIMESTAMP '2024-01-01 00:30:00'),"
            + " (2, TIMESTAMP '2024-01-01 23:30:00')");
  }

  @Test
  void everyChangeOfATableIsSeen() throws SQLException {
    String sql = "SELECT SUM(k), COUNT(*) FROM c";
    assertThat(rows(sql)).containsExactly("3|2");
    assertThat(analyze(sql)).contains(HIT);
    run("INSERT INTO c (k) VALUES (4)");
    assertThat(analyze(sql)).contains(MISS);
    assertThat(rows(sql)).containsExactly("7|3");
    run("UPDATE c SET k = 5 WHERE k = 4");
    assertThat(rows(sql)).containsExactly("8|3");
    run("DELETE FROM c WHERE k = 5");
    assertThat(rows(sql)).containsExactly("3|2");
    run("TRUNCATE TABLE c");
    assertThat(rows(sql)).containsExactly("null|0");
  }

  @Test
  void aChangeOfOneTableOfAJoinIsSeen() throws SQLException {
    run("CREATE TABLE names (k INT, name STRING)");
    run("INSERT INTO names VALUES (1, 'one')");
    String sql = "SELECT name FROM c JOIN names ON c.k = names.k ORDER BY name";
    assertThat(rows(sql)).containsExactly("one");
    assertThat(rows(sql)).containsExactly("one");
    run("INSERT INTO names VALUES (2, 'two')");
    assertThat(rows(sql)).containsExactly("one", "two");
    run("DELETE FROM c WHERE k = 1");
    assertThat(rows(sql)).containsExactly("two");
  }

  @Test
  void theSessionsTimeZoneCounts() throws SQLException {
    String sql = "SELECT k, CAST(at_utc AS DATE) FROM c ORDER BY k";
    assertThat(rows(sql)).containsExactly("1|2024-01-01", "2|2024-01-01");
    try {
      run("SET 'table.local-time-zone' = 'Asia/Tokyo'");
      assertThat(rows(sql)).containsExactly("1|2024-01-01", "2|2024-01-02");
      assertThat(analyze(sql)).contains(HIT);
      run("SET 'table.local-time-zone' = 'America/New_York'");
      assertThat(rows(sql)).containsExactly("1|2023-12-31", "2|2024-01-01");
    } finally {
      run("RESET 'table.local-time-zone'");
    }
    assertThat(rows(sql)).containsExactly("1|2024-01-01", "2|2024-01-01");
    assertThat(analyze(sql)).contains(HIT);
  }

  @Test
  void theValuesOfAPreparedQueryCount() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT k + CAST(? AS INT), 'prepared' FROM c WHERE k = ?")) {
      assertThat(rows(prepared, 10, 1)).containsExactly("11|prepared");
      assertThat(rows(prepared, 10, 2)).containsExactly("12|prepared");
      assertThat(rows(prepared, 20, 2)).containsExactly("22|prepared");
      assertThat(rows(prepared, 10, 1)).containsExactly("11|prepared");
    }
    assertThat(
            rows(
                "SELECT SUM(hits) FROM info.query_cache"
                    + " WHERE relations = 'default.c' AND query LIKE '%prepared%'"))
        .containsExactly("1");
  }

  @Test
  void aViewIsItsQuery() throws SQLException {
    run("CREATE VIEW large_ones AS SELECT k FROM c WHERE k > 1");
    String sql = "SELECT COUNT(*) FROM large_ones";
    assertThat(rows(sql)).containsExactly("1");
    assertThat(analyze(sql)).contains(HIT);
    run("INSERT INTO c (k) VALUES (9)");
    assertThat(rows(sql)).containsExactly("2");
    run("DROP VIEW large_ones");
    run("CREATE VIEW large_ones AS SELECT k FROM c WHERE k > 2");
    assertThat(rows(sql)).containsExactly("1");
    run("CREATE VIEW moment AS SELECT k, NOW() AS asked FROM c");
    assertThat(analyze("SELECT COUNT(asked) FROM moment")).contains("result cache: not used");
    run("DROP VIEW moment");
    run("DROP VIEW large_ones");
  }

  @Test
  void anOldSnapshotHasItsOwnAnswer() throws SQLException {
    run("CALL sys.create_tag('default.c', 'before')");
    String now = "SELECT COUNT(*) FROM (SELECT k FROM c WHERE k > 0 OR k IS NULL)";
    String then =
        "SELECT COUNT(*) FROM"
            + " (SELECT k FROM c /*+ OPTIONS('tag'='before') */ WHERE k > 0 OR k IS NULL)";
    run("INSERT INTO c (k) VALUES (3)");
    for (int i = 0; i < 2; i++) {
      assertThat(rows(now)).containsExactly("3");
      assertThat(rows(then)).containsExactly("2");
    }
    run("DELETE FROM c WHERE k = 1");
    assertThat(rows(now)).containsExactly("2");
    assertThat(rows(then)).containsExactly("2");
  }

  @Test
  void aCommittedTransactionIsSeenAndItsOwnReadsAreNotKept() throws SQLException {
    String sql = "SELECT SUM(k) AS of_transaction FROM c";
    assertThat(rows(sql)).containsExactly("3");
    run("BEGIN");
    run("INSERT INTO c (k) VALUES (100)");
    assertThat(rows(sql)).containsExactly("103");
    try (Connection other = TestingFlight.connect(server)) {
      assertThat(rows(other, sql)).containsExactly("3");
    }
    run("COMMIT");
    assertThat(rows(sql)).containsExactly("103");
    assertThat(analyze(sql)).contains(HIT);
  }

  @Test
  void columnsThatChangedTheirNamesAreOtherColumns() throws SQLException {
    String sql = "SELECT k FROM c WHERE k IS NOT NULL ORDER BY k";
    assertThat(rows(sql)).containsExactly("1", "2");
    run("ALTER TABLE c RENAME k TO old_k");
    run("ALTER TABLE c ADD (k INT)");
    assertThat(rows(sql)).isEmpty();
  }

  @Test
  void aPartOfAnAnswerIsNotKept() throws SQLException {
    String sql = "SELECT a.k + b.k AS of_part FROM c a, c b ORDER BY of_part";
    run("SET 'orochi.result-row-limit' = '3'");
    try {
      assertThat(failureOf(sql)).contains("The result has more than 3 rows");
    } finally {
      run("RESET 'orochi.result-row-limit'");
    }
    assertThat(rows(sql)).containsExactly("2", "3", "3", "4");
    run("SET 'orochi.result-row-limit' = '3'");
    try {
      assertThat(failureOf(sql)).contains("The result has more than 3 rows");
    } finally {
      run("RESET 'orochi.result-row-limit'");
    }
  }

  private static String failureOf(String sql) {
    try {
      return String.join("\n", rows(sql));
    } catch (SQLException failure) {
      return failure.getMessage();
    }
  }

  private static String analyze(String sql) throws SQLException {
    return String.join("\n", rows("EXPLAIN ANALYZE " + sql));
  }

  private static List<String> rows(String sql) throws SQLException {
    return rows(connection, sql);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return TestingRows.of(result);
    }
  }

  private static List<String> rows(PreparedStatement prepared, int first, int second)
      throws SQLException {
    prepared.setInt(1, first);
    prepared.setInt(2, second);
    try (ResultSet result = prepared.executeQuery()) {
      return TestingRows.of(result);
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
