package io.orochi.gateway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import io.orochi.gateway.server.OrochiServer;
import io.orochi.gateway.server.TestingFlight;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EXPLAIN ANALYZE of a change makes the change, once, and tells what became of it. */
class ExplainedChangesITCase {
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
  void fill() throws SQLException {
    run("CREATE TABLE t (k INT, v INT)");
    run("INSERT INTO t VALUES (1, 10), (2, 20), (3, 30)");
  }

  @AfterEach
  void drop() throws SQLException {
    run("DROP TABLE t");
  }

  @Test
  void anUpdateIsMadeOnceAndItsCommitTold() throws SQLException {
    long before = snapshots();
    String text = first("EXPLAIN ANALYZE UPDATE t SET v = v + 1 WHERE k > 1");

    assertThat(first("SELECT SUM(v) FROM t")).isEqualTo("62");
    assertThat(snapshots()).isEqualTo(before + 1);
    assertThat(text)
        .contains("kernel: it can express the change")
        .contains("== Change ==\nupdate orochi.default.t: files that may lose rows 1/1")
        .contains("tier hot on local: chunks 1, files 1")
        .contains("== Actual ==\nrows 2\ncommit: orochi.default.t, snapshot " + snapshot())
        .containsPattern("files added 1 \\([\\d.]+ KiB|B\\), removed 0, delete files added 1\n")
        .containsPattern(
            "parse [\\d.]+ ms, plan .* ms, execute .* ms, commit .* ms, total .* ms\n");
  }

  @Test
  void everyKindOfChangeIsMade() throws SQLException {
    assertThat(first("EXPLAIN ANALYZE DELETE FROM t WHERE k = 1"))
        .contains("rows 1\ncommit: orochi.default.t, snapshot " + snapshot());
    assertThat(first("EXPLAIN ANALYZE INSERT INTO t VALUES (4, 40), (5, 50)"))
        .contains("none: the statement holds the rows themselves")
        .contains("rows 2\ncommit: orochi.default.t, snapshot " + snapshot())
        .contains("files added 1");
    assertThat(first("EXPLAIN ANALYZE INSERT INTO t SELECT k + 10, v FROM t WHERE k = 4"))
        .contains("append to orochi.default.t: new files only")
        .contains("rows 1\ncommit: orochi.default.t, snapshot " + snapshot());
    assertThat(
            first(
                "EXPLAIN ANALYZE MERGE INTO t USING (VALUES (2, 0), (9, 90)) AS s(k, v) ON t.k ="
                    + " s.k WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.k,"
                    + " s.v)"))
        .contains("merge orochi.default.t")
        .contains("rows 2\ncommit: orochi.default.t, snapshot " + snapshot());
    assertThat(first("SELECT LISTAGG(CAST(k AS STRING)) FROM (SELECT k FROM t ORDER BY k)"))
        .contains("3", "4", "5", "9", "14")
        .doesNotContain("2");
    assertThat(first("EXPLAIN ANALYZE DELETE FROM t WHERE k = 1000"))
        .contains("rows 0\nnothing to commit\n");
  }

  @Test
  void jsonHasTheSameFigures() throws Exception {
    JsonNode json =
        new ObjectMapper()
            .readTree(first("EXPLAIN (ANALYZE, FORMAT JSON) UPDATE t SET v = 0 WHERE k = 1"));

    assertThat(json.at("/engine").asText()).isEqualTo("kernel");
    assertThat(json.at("/change/kind").asText()).isEqualTo("update");
    assertThat(json.at("/change/files/may_lose_rows").asInt()).isEqualTo(1);
    assertThat(json.at("/tables/0/tiers/0/tier").asText()).isEqualTo("hot");
    assertThat(json.at("/kernel_sql").asText()).contains("SELECT");
    assertThat(json.at("/actual/rows").asInt()).isEqualTo(1);
    assertThat(json.at("/actual/commits/0/snapshot").asText()).isEqualTo(snapshot());
    assertThat(json.at("/actual/commits/0/files_added").asInt()).isEqualTo(1);
    assertThat(json.at("/actual/stages_ms/commit").asDouble()).isPositive();
    JsonNode planOnly =
        new ObjectMapper().readTree(first("EXPLAIN (FORMAT JSON) UPDATE t SET v = 7 WHERE k = 2"));
    assertThat(planOnly.has("actual")).isFalse();
    assertThat(first("SELECT v FROM t WHERE k = 2")).isEqualTo("20");
  }

  @Test
  void aTransactionStagesIt() throws SQLException {
    run("BEGIN");
    assertThat(first("EXPLAIN ANALYZE UPDATE t SET v = 99 WHERE k = 1"))
        .contains("rows 1\nstaged in the transaction: orochi.default.t");
    assertThat(first("SELECT v FROM t WHERE k = 1")).isEqualTo("99");
    run("ROLLBACK");
    assertThat(first("SELECT v FROM t WHERE k = 1")).isEqualTo("10");
  }

  @Test
  void flinksJobIsNamed() throws SQLException {
    run("SET 'orochi.execution.engine' = 'flink'");
    try {
      assertThat(first("EXPLAIN ANALYZE INSERT INTO t SELECT k + 100, v FROM t"))
          .contains("flink: ")
          .contains("== Flink plan ==")
          .containsPattern("rows 3\nby Flink's job [0-9a-f]{32}\n");
    } finally {
      run("RESET 'orochi.execution.engine'");
    }
    assertThat(first("SELECT COUNT(*) FROM t")).isEqualTo("6");
  }

  @Test
  void aChangeThatFailsChangesNothing() throws SQLException {
    assertThatThrownBy(
            () ->
                first(
                    "EXPLAIN ANALYZE MERGE INTO t USING (VALUES (1, 0), (1, 1)) AS s(k, v) ON t.k ="
                        + " s.k WHEN MATCHED THEN UPDATE SET v = s.v"))
        .hasStackTraceContaining("a row would be changed twice");
    assertThat(first("SELECT SUM(v) FROM t")).isEqualTo("60");
  }

  private static String snapshot() throws SQLException {
    return first("SELECT snapshot_id FROM `t$snapshots` ORDER BY committed_at DESC LIMIT 1");
  }

  private static long snapshots() throws SQLException {
    return Long.parseLong(first("SELECT COUNT(*) FROM `t$snapshots`"));
  }

  private static String first(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return String.valueOf(rows.getObject(1));
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
