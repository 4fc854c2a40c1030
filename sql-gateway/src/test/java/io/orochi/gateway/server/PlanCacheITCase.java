package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans are used again while they hold, and never a moment longer. */
class PlanCacheITCase {
  @TempDir static Path folder;
  private static OrochiServer server;
  private Connection connection;
  private Statement statement;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(ServerConfig.Ports.auto()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    connection = TestingFlight.connect(server);
    statement = connection.createStatement();
    statement.execute("CREATE TABLE IF NOT EXISTS t (k INT, v DOUBLE, s STRING)");
    statement.executeUpdate("INSERT INTO t VALUES (1, 1.5, 'a'), (2, 2.5, 'b')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    statement.execute("DROP TABLE IF EXISTS t");
    connection.close();
  }

  @Test
  void aPlanServesEverySession() throws SQLException {
    String sql = "SELECT v FROM t WHERE k = 1 AND s = 'a'";
    assertThat(rows(sql)).containsExactly("1.5");
    try (Connection other = TestingFlight.connect(server);
        Statement ofOther = other.createStatement()) {
      assertThat(TestingRows.of(ofOther.executeQuery(sql))).containsExactly("1.5");
    }
    assertThat(hits("SELECT v FROM t WHERE k = ? AND s = ?")).isPositive();
    assertThat(
            rows(
                "SELECT engine, table_names, planned_ms > 0 FROM info.plan_cache WHERE query ="
                    + " 'SELECT v FROM t WHERE k = ? AND s = ?'"))
        .containsExactly("kernel|default.t|true");
  }

  @Test
  void aCommitEndsAPlan() throws SQLException {
    String sql = "SELECT count(*) FROM t";
    assertThat(rows(sql)).containsExactly("2");
    assertThat(rows(sql)).containsExactly("2");
    statement.executeUpdate("INSERT INTO t VALUES (3, 3.5, 'c')");
    assertThat(rows(sql)).containsExactly("3");
    statement.executeUpdate("DELETE FROM t WHERE k = 1");
    assertThat(rows(sql)).containsExactly("2");
  }

  @Test
  void aChangedSchemaEndsAPlan() throws SQLException {
    String sql = "SELECT * FROM t ORDER BY k";
    assertThat(rows(sql)).containsExactly("1|1.5|a", "2|2.5|b");
    statement.execute("ALTER TABLE t ADD more INT");
    assertThat(rows(sql)).containsExactly("1|1.5|a|null", "2|2.5|b|null");
  }

  @Test
  void aTableMadeAgainIsAnotherTable() throws SQLException {
    String sql = "SELECT max(k) FROM t";
    assertThat(rows(sql)).containsExactly("2");
    statement.execute("DROP TABLE t");
    assertThatThrownBy(() -> rows(sql)).hasMessageContaining("t");
    statement.execute("CREATE TABLE t (k BIGINT)");
    statement.executeUpdate("INSERT INTO t VALUES (CAST(40000000000 AS BIGINT))");
    assertThat(rows(sql)).containsExactly("40000000000");
  }

  @Test
  void settingsArePartOfWhatAStatementMeans() throws SQLException {
    String sql =
        "SELECT CAST(TIMESTAMP '2024-01-01 00:00:00' AS TIMESTAMP_LTZ(3)) >"
            + " TO_TIMESTAMP_LTZ(1704067200000, 3)";
    statement.execute("SET 'table.local-time-zone' = 'UTC'");
    assertThat(rows(sql)).containsExactly("false");
    assertThat(rows(sql)).containsExactly("false");
    statement.execute("SET 'table.local-time-zone' = 'Etc/GMT+5'");
    assertThat(rows(sql)).containsExactly("true");
  }

  @Test
  void theCurrentDatabaseIsPartOfWhatAStatementMeans() throws SQLException {
    String sql = "SELECT count(*) FROM t";
    assertThat(rows(sql)).containsExactly("2");
    statement.execute("CREATE DATABASE IF NOT EXISTS elsewhere");
    statement.execute("USE elsewhere");
    statement.execute("CREATE TABLE t (k INT)");
    assertThat(rows(sql)).containsExactly("0");
    statement.execute("DROP TABLE t");
    statement.execute("USE `default`");
    assertThat(rows(sql)).containsExactly("2");
  }

  @Test
  void aTemporaryViewHidesATableFromItsSessionOnly() throws SQLException {
    String sql = "SELECT count(*) FROM t";
    assertThat(rows(sql)).containsExactly("2");
    try (Connection other = TestingFlight.connect(server);
        Statement ofOther = other.createStatement()) {
      ofOther.execute("CREATE TEMPORARY VIEW t AS SELECT * FROM (VALUES (1)) AS x(k)");
      assertThat(TestingRows.of(ofOther.executeQuery(sql))).containsExactly("1");
      assertThat(rows(sql)).containsExactly("2");
      ofOther.execute("DROP TEMPORARY VIEW t");
      assertThat(TestingRows.of(ofOther.executeQuery(sql))).containsExactly("2");
    }
  }

  @Test
  void aViewMadeAgainEndsThePlansOverIt() throws SQLException {
    String sql = "SELECT k FROM seen ORDER BY k";
    statement.execute("CREATE VIEW seen AS SELECT k FROM t WHERE k = 1");
    assertThat(rows(sql)).containsExactly("1");
    assertThat(rows(sql)).containsExactly("1");
    statement.execute("DROP VIEW seen");
    statement.execute("CREATE VIEW seen AS SELECT k FROM t WHERE k > 1");
    assertThat(rows(sql)).containsExactly("2");
    statement.execute("DROP VIEW seen");
  }

  @Test
  void theClockGoesOnInAKnownPlan() throws SQLException {
    String sql =
        "SELECT CURRENT_TIMESTAMP FROM t WHERE k = 1 AND CURRENT_TIMESTAMP > LOCALTIMESTAMP";
    String now = "SELECT CURRENT_TIMESTAMP FROM t WHERE k = 1";
    String first = rows(now).get(0);
    Awaitility.await().until(() -> !rows(now).get(0).equals(first));
    assertThat(rows(sql)).isEmpty();
    assertThat(hits("SELECT CURRENT_TIMESTAMP FROM t WHERE k = ?")).isPositive();
  }

  @Test
  void queriesThatDifferInComparedConstantsShareATree() throws SQLException {
    assertThat(rows("SELECT v, 7 FROM t WHERE k IN (1, 3) AND v < 9.0")).containsExactly("1.5|7");
    assertThat(rows("SELECT v, 7 FROM t WHERE k IN (2, 3) AND v < 9.0")).containsExactly("2.5|7");
    assertThat(rows("SELECT v, 7 FROM t WHERE k IN (1, 2) AND v < 2")).containsExactly("1.5|7");
    assertThat(hits("SELECT v, 7 FROM t WHERE k IN (?, ?) AND v < ?")).isEqualTo(2);
    assertThat(rows("SELECT v, 8 FROM t WHERE k IN (1, 3) AND v < 9.0")).containsExactly("1.5|8");
    statement.executeUpdate("INSERT INTO t VALUES (3, 3.5, 'c')");
    assertThat(rows("SELECT v, 7 FROM t WHERE k IN (2, 3) AND v < 9.0 ORDER BY v"))
        .containsExactly("2.5|7", "3.5|7");
  }

  @Test
  void aConstantThatIsNoValueOfItsColumnKeepsItsMeaning() throws SQLException {
    assertThat(rows("SELECT v FROM t WHERE k > 1")).containsExactly("2.5");
    assertThat(rows("SELECT v FROM t WHERE k > 1.5")).containsExactly("2.5");
    assertThat(rows("SELECT v FROM t WHERE k > 0.5 ORDER BY k")).containsExactly("1.5", "2.5");
    assertThat(rows("SELECT v FROM t WHERE k < 5000000000 ORDER BY k"))
        .containsExactly("1.5", "2.5");
    assertThat(rows("SELECT v FROM t WHERE k > '1'")).containsExactly("2.5");
    assertThat(rows("SELECT v FROM t WHERE k > 1")).containsExactly("2.5");
    assertThatThrownBy(() -> rows("SELECT v FROM t WHERE nothing = 1"))
        .hasMessageContaining("nothing");
  }

  @Test
  void constantsOfEveryTypeShareATreeAndMeanWhatTheyMeanToFlink() throws SQLException {
    statement.execute(
        "CREATE TABLE typed (k INT, f FLOAT, c DECIMAL(10, 2), v DOUBLE, s STRING, l BIGINT)");
    statement.executeUpdate(
        "INSERT INTO typed VALUES"
            + " (-5, CAST(0.1 AS FLOAT), -0.11, -1.5, 'ab', -9000000000),"
            + " (0, CAST(0.5 AS FLOAT), 0.10, 0, 'a%', 0),"
            + " (5, CAST(16777216 AS FLOAT), 12345678.90, 1e3, 'b\\', 9000000000)");
    for (Compared each : Compared.ALL) {
      String from = "SELECT k FROM typed WHERE " + each.condition() + " ORDER BY k";
      for (String constants : each.constants()) {
        String sql = from.formatted((Object[]) constants.split(";"));
        List<String> onKernel = rows(sql);
        assertThat(onKernel).as(sql).isNotEmpty().isEqualTo(onFlink(sql));
      }
      String template = from.replace("%s", "?");
      assertThat(hits(template)).as(template).isEqualTo(each.constants().size() - 1);
    }
    statement.execute("DROP TABLE typed");
  }

  /** Each has answers, and the same answers on Flink, which sees the constants. */
  private record Compared(String condition, List<String> constants) {
    static final List<Compared> ALL =
        List.of(
            new Compared("k > %s", List.of("-6", "-5", "0")),
            new Compared("k BETWEEN %s AND %s", List.of("-6;-1", "-5;5")),
            new Compared("k IN (%s, %s)", List.of("-5;-6", "5;0")),
            new Compared("l <= %s", List.of("-9000000000", "-2147483648", "-1")),
            new Compared("f > %s", List.of("0.1", "0.5", "-3", "1e-1", "16777215")),
            new Compared("f <= %s", List.of("0.2", "0.5", "16777216")),
            new Compared("f <> %s", List.of("0.1", "0.5", "16777217")),
            new Compared("f BETWEEN %s AND %s", List.of("0.1;0.5", "0;0.2", "-1.5;20000000")),
            new Compared("f IN (%s, %s)", List.of("0.1;0.5", "0.5;16777216")),
            new Compared("c = %s", List.of("-0.11", "0.1", "0.100", "12345678.9")),
            new Compared("c > %s", List.of("-1", "0", "0.09", "-0.12")),
            new Compared("c BETWEEN %s AND %s", List.of("-0.11;0.1", "0;99999999.99")),
            new Compared("c IN (%s, %s)", List.of("-0.11;7", "0.1;0.2")),
            new Compared("v < %s", List.of("-1", "-1.25", "1e3", "-1e0")),
            new Compared("s LIKE %s", List.of("'a%'", "'_b'", "'b\\%'", "'%'")),
            new Compared("s NOT LIKE %s", List.of("'a%'", "'_b'")));
  }

  private List<String> onFlink(String sql) throws SQLException {
    statement.execute("SET 'orochi.execution.engine' = 'flink'");
    try {
      return rows(sql);
    } finally {
      statement.execute("SET 'orochi.execution.engine' = 'auto'");
    }
  }

  @Test
  void aConstantThatItsColumnCannotHaveIsComparedAsItIs() throws SQLException {
    statement.execute("CREATE TABLE money (c DECIMAL(4, 2))");
    statement.executeUpdate("INSERT INTO money VALUES (0.11), (99.99)");
    assertThat(rows("SELECT c FROM money WHERE c < 1")).containsExactly("0.11");
    assertThat(rows("SELECT c FROM money WHERE c < 0.105")).isEmpty();
    assertThat(rows("SELECT c FROM money WHERE c < 100 ORDER BY c"))
        .containsExactly("0.11", "99.99");
    assertThat(rows("SELECT c FROM money WHERE c < 1.1E-1")).isEmpty();
    assertThat(rows("SELECT c FROM money WHERE c < 50")).containsExactly("0.11");
    assertThat(hits("SELECT c FROM money WHERE c < ?")).isPositive();
    statement.execute("DROP TABLE money");
  }

  @Test
  void textIsComparedWithACharacterOfAnyLength() throws SQLException {
    String sql = "SELECT x FROM (SELECT CASE WHEN k = 1 THEN 'a' ELSE 'b' END AS x FROM t) WHERE x";
    assertThat(rows(sql + " = 'a'")).containsExactly("a");
    assertThat(rows(sql + " > 'a'")).containsExactly("b");
    assertThat(rows(sql + " > 'aa'")).containsExactly("b");
    assertThat(rows(sql + " = ''")).isEmpty();
    assertThat(rows(sql + " LIKE 'b%'")).containsExactly("b");
    assertThat(rows(sql + " LIKE '%a%'")).containsExactly("a");
    assertThat(hits(sql + " > ?")).isEqualTo(1);
    assertThat(hits(sql + " LIKE ?")).isEqualTo(1);
  }

  @Test
  void aPatternsBeginningChoosesFiles() throws SQLException {
    statement.executeUpdate("INSERT INTO t VALUES (3, 3.5, 'zz')");
    String sql = "EXPLAIN ANALYZE SELECT k FROM t WHERE s LIKE ";
    assertThat(String.join("\n", rows(sql + "'z%'"))).contains("files 1/2");
    assertThat(String.join("\n", rows(sql + "'%'"))).contains("files 2/2");
  }

  @Test
  void aTemplateIsTriedAgainWhenItsTableHasChanged() throws SQLException {
    String sql = "SELECT k FROM t WHERE added = ";
    assertThatThrownBy(() -> rows(sql + 1)).hasMessageContaining("added");
    assertThatThrownBy(() -> rows(sql + 2)).hasMessageContaining("added");
    statement.executeUpdate("INSERT INTO t VALUES (3, 3.5, 'c')");
    assertThatThrownBy(() -> rows(sql + 3)).hasMessageContaining("added");
    statement.execute("ALTER TABLE t ADD added INT");
    assertThat(rows(sql + 4)).isEmpty();
    assertThat(rows(sql + 5)).isEmpty();
    assertThat(hits(sql + "?")).isEqualTo(1);
  }

  @Test
  void aTemplateServesOthersAfterAConstantOfAnotherType() throws SQLException {
    String sql = "SELECT v FROM t WHERE k = 1 AND s <> ";
    assertThat(rows(sql + "'x'")).containsExactly("1.5");
    assertThat(rows("SELECT v FROM t WHERE k = 1.0 AND s <> 'x'")).containsExactly("1.5");
    assertThat(rows(sql + "'y'")).containsExactly("1.5");
    assertThat(hits("SELECT v FROM t WHERE k = ? AND s <> ?")).isEqualTo(2);
  }

  @Test
  void aNameWithItsDatabaseIsKnownToo() throws SQLException {
    String sql = "SELECT v FROM `default`.t WHERE k = 1";
    assertThat(rows(sql)).containsExactly("1.5");
    assertThat(rows(sql)).containsExactly("1.5");
    assertThat(hits("SELECT v FROM `default`.t WHERE k = ?")).isEqualTo(1);
    statement.execute("CREATE TABLE `default` (t ROW<k INT>)");
    assertThat(rows(sql)).containsExactly("1.5");
    assertThat(hits("SELECT v FROM `default`.t WHERE k = ?")).isZero();
    statement.execute("DROP TABLE `default`");
  }

  @Test
  void whatFlinkMisreadsIsRefusedBesideAConstantToo() throws SQLException {
    for (String unit : List.of("WEEK", "QUARTER")) {
      assertThatThrownBy(
              () ->
                  rows(
                      "SELECT v FROM t WHERE CURRENT_TIMESTAMP > TIMESTAMP '2024-01-08 00:00:00' -"
                          + " INTERVAL '1' "
                          + unit
                          + " AND k = 1"))
          .hasMessageContaining("Cannot use an interval of unit " + unit);
    }
  }

  @Test
  void anAsofJoinStaysOneBesideAConstant() throws SQLException {
    statement.execute("CREATE TABLE before_it (bk INT, b DOUBLE)");
    statement.executeUpdate("INSERT INTO before_it VALUES (1, 0.5), (1, 1.25), (1, 2.5)");
    String sql = "SELECT b FROM t ASOF JOIN before_it ON k = bk AND v > b WHERE k = ";
    assertThat(rows(sql + 1)).containsExactly("1.25");
    assertThat(rows(sql + 1)).containsExactly("1.25");
    try (PreparedStatement prepared = connection.prepareStatement(sql + "?")) {
      prepared.setInt(1, 1);
      assertThat(TestingRows.of(prepared.executeQuery())).containsExactly("1.25");
    }
    statement.execute("DROP TABLE before_it");
  }

  @Test
  void comparedConstantsAreSeenByTransactions() throws SQLException {
    assertThat(rows("SELECT v FROM t WHERE k = 9")).isEmpty();
    statement.execute("BEGIN");
    statement.executeUpdate("INSERT INTO t VALUES (9, 9.5, 'z')");
    assertThat(rows("SELECT v FROM t WHERE k = 9")).containsExactly("9.5");
    statement.execute("ROLLBACK");
    assertThat(rows("SELECT v FROM t WHERE k = 9")).isEmpty();
  }

  @Test
  void aQueryPreparedBeforeACommitSeesIt() throws SQLException {
    String sql = "SELECT v FROM t WHERE k = 1 ORDER BY v";
    assertThat(rows(sql)).containsExactly("1.5");
    assertThat(rows(sql)).containsExactly("1.5");
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      statement.executeUpdate("INSERT INTO t VALUES (1, 8.5, 'c')");
      assertThat(TestingRows.of(prepared.executeQuery())).containsExactly("1.5", "8.5");
    }
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      statement.execute("DROP TABLE t");
      statement.execute("CREATE TABLE t (v DOUBLE, k BIGINT)");
      statement.executeUpdate("INSERT INTO t VALUES (9.5, CAST(1 AS BIGINT))");
      assertThat(TestingRows.of(prepared.executeQuery())).containsExactly("9.5");
    }
  }

  @Test
  void aPreparedQueryIsPlannedOnceAndPrunesByItsValues() throws SQLException {
    String sql = "SELECT v FROM t WHERE k = ? AND s = ?";
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      assertThat(TestingRows.of(bound(prepared, 1, "a"))).containsExactly("1.5");
      assertThat(TestingRows.of(bound(prepared, 2, "b"))).containsExactly("2.5");
      assertThat(TestingRows.of(bound(prepared, 2, "it's"))).isEmpty();
      assertThat(TestingRows.of(bound(prepared, 7, null))).isEmpty();
      assertThat(hits(sql)).isPositive();
      statement.executeUpdate("INSERT INTO t VALUES (7, 7.5, 'it''s')");
      assertThat(TestingRows.of(bound(prepared, 7, "it's"))).containsExactly("7.5");
    }
  }

  @Test
  void aPlanForTheSameValuesEndsWithACommitAndInATransaction() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT v FROM t WHERE k = ? AND s = ? ORDER BY v")) {
      for (int time = 0; time < 3; time++) {
        assertThat(TestingRows.of(bound(prepared, 1, "a"))).containsExactly("1.5");
        assertThat(TestingRows.of(bound(prepared, 1, null))).isEmpty();
      }
      statement.executeUpdate("INSERT INTO t VALUES (1, 8.5, 'a')");
      assertThat(TestingRows.of(bound(prepared, 1, "a"))).containsExactly("1.5", "8.5");
      assertThat(TestingRows.of(bound(prepared, 1, "a"))).containsExactly("1.5", "8.5");
      statement.execute("BEGIN");
      statement.executeUpdate("INSERT INTO t VALUES (1, 9.5, 'a')");
      assertThat(TestingRows.of(bound(prepared, 1, "a"))).containsExactly("1.5", "8.5", "9.5");
      statement.execute("ROLLBACK");
      assertThat(TestingRows.of(bound(prepared, 1, "a"))).containsExactly("1.5", "8.5");
      statement.executeUpdate("DELETE FROM t WHERE k = 1");
      assertThat(TestingRows.of(bound(prepared, 1, "a"))).isEmpty();
    }
  }

  @Test
  void theClockGoesOnInAPlanForTheSameValues() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT CURRENT_TIMESTAMP FROM t WHERE k = ?")) {
      prepared.setInt(1, 1);
      String first = TestingRows.of(prepared.executeQuery()).get(0);
      Awaitility.await().until(() -> !TestingRows.of(prepared.executeQuery()).get(0).equals(first));
    }
  }

  @Test
  void aListOfParametersFindsEach() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement(
            "SELECT k FROM t WHERE k IN (?, ?) AND k IN (SELECT k FROM t WHERE v > ?) ORDER BY"
                + " k")) {
      prepared.setInt(1, 1);
      prepared.setInt(2, 2);
      prepared.setDouble(3, 0.5);
      assertThat(TestingRows.of(prepared.executeQuery())).containsExactly("1", "2");
      prepared.setDouble(3, 2.0);
      assertThat(TestingRows.of(prepared.executeQuery())).containsExactly("2");
    }
  }

  private static ResultSet bound(PreparedStatement prepared, int key, String text)
      throws SQLException {
    prepared.setInt(1, key);
    prepared.setString(2, text);
    return prepared.executeQuery();
  }

  private long hits(String sql) throws SQLException {
    return Long.parseLong(
        rows("SELECT coalesce(max(hits), 0) FROM info.plan_cache WHERE query = '"
                + sql.replace("'", "''")
                + "'")
            .get(0));
  }

  private List<String> rows(String sql) throws SQLException {
    return TestingRows.of(statement.executeQuery(sql));
  }
}
