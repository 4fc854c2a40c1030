package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import io.orochi.gateway.plan.explain.ByteText;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can learn of a query: before, after, and while it runs. */
class ExplainAnalyzeITCase {
  private static final String DIGITS =
      "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS ";

  @TempDir static Path folder;
  private static OrochiServer server;
  private static Connection connection;

  @BeforeAll
  static void start() throws SQLException {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
    connection = TestingFlight.connect(server);
    run("CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, v INT) WITH ('orochi.hypertable' = 'ts')");
    run(
        "INSERT INTO t VALUES (TIMESTAMP '2024-01-01 00:00:00', 1),"
            + " (TIMESTAMP '2024-03-01 00:00:00', 2), (TIMESTAMP '2024-03-01 00:00:01', 3)");
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @Test
  void analyzeRunsTheQueryOnTheKernel() throws SQLException {
    String text =
        text("EXPLAIN ANALYZE SELECT v FROM t WHERE ts > TIMESTAMP '2024-02-01 00:00:00'");

    assertThat(text)
        .contains("kernel: it can express the query")
        .contains("default.t: chunks 1/2")
        .contains("files 1/2")
        .contains("== Actual ==\nrows 2, ")
        .contains("files verified 1, without a digest 0")
        .containsPattern(
            "parse [\\d.]+ ms, plan .*, prune .*, verify .*, execute .*, fetch .*, total");
  }

  @Test
  void theTierIsThatOfInfoChunks() throws Exception {
    String query = "SELECT v, ts FROM t WHERE ts > TIMESTAMP '2024-02-01 00:00:00'";
    String chunk =
        " FROM info.chunks WHERE hypertable_name = 't' AND range_start >= TIMESTAMP '2024-02-01'";
    long bytes = Long.parseLong(first("SELECT total_bytes" + chunk, 1));
    assertThat(first("SELECT tier" + chunk, 1)).isEqualTo("hot");

    assertThat(text("EXPLAIN " + query))
        .contains("\n  tier hot on local: chunks 1, files 1, bytes " + ByteText.of(bytes) + "\n");
    JsonNode tiers =
        new ObjectMapper().readTree(text("EXPLAIN (FORMAT JSON) " + query)).at("/tables/0/tiers");
    assertThat(tiers).hasSize(1);
    assertThat(tiers.get(0).toString())
        .isEqualTo(
            "{\"tier\":\"hot\",\"storage\":\"local\",\"chunks\":1,\"files\":1,\"bytes\":"
                + bytes
                + "}");
    assertThat(text("EXPLAIN ANALYZE " + query))
        .contains("file copies found 0, fetched 0 (0 B), not needed 1\n");
    assertThat(text("EXPLAIN SELECT v FROM t WHERE ts > TIMESTAMP '2025-01-01 00:00:00'"))
        .contains("files 0/2")
        .doesNotContain("tier");
    assertThat(text("EXPLAIN UPDATE t SET v = 4 WHERE v = 1")).contains("tier hot on local");
  }

  @Test
  void aKeptPlanShows() throws SQLException {
    String query = "SELECT v FROM t WHERE v = 3";
    assertThat(text("EXPLAIN ANALYZE " + query)).contains("rows 1, ").contains("\nplan: new\n");
    assertThat(text("EXPLAIN ANALYZE " + query))
        .contains("default.t: chunks 1/2")
        .contains("rows 1, ")
        .contains("\nplan: cached\nparse ")
        .contains("plan 0.00 ms, prune 0.00 ms");
    String plain = "SELECT v + 1 FROM t WHERE v = 2";
    assertThat(first(plain, 1)).isEqualTo("3");
    assertThat(text("EXPLAIN (ANALYZE, FORMAT JSON)\n" + plain)).contains("\"plan\" : \"cached\"");
    String ofTheClock = "EXPLAIN ANALYZE SELECT v, NOW() FROM t";
    assertThat(text(ofTheClock)).contains("\nplan: new\n");
    assertThat(text(ofTheClock)).contains("\nplan: tree cached\n");
    assertThat(text("EXPLAIN (FORMAT JSON) " + query)).contains("\"kernel\"");
    assertThat(
            first(
                "SELECT hits FROM info.plan_cache WHERE query = 'SELECT v FROM t WHERE v = ?'", 1))
        .isEqualTo("1");
  }

  @Test
  void aKeptPlanOfAChangedTableChoosesItsFilesAnew() throws SQLException {
    run("CREATE TABLE changing (v INT)");
    run("INSERT INTO changing VALUES (1)");
    String query = "EXPLAIN ANALYZE SELECT v FROM changing";
    assertThat(text(query)).contains("rows 1, ").contains("\nplan: new\n");
    run("INSERT INTO changing VALUES (2)");
    assertThat(text(query)).contains("rows 2, ").contains("\nplan: tree cached\n");
    assertThat(text(query)).contains("rows 2, ").contains("\nplan: cached\n");
    run("ALTER TABLE changing ADD w INT");
    assertThat(text(query)).contains("rows 2, ").contains("\nplan: new\n");
  }

  @Test
  void analyzeRunsTheQueryOnFlink() throws SQLException {
    run("SET 'orochi.execution.engine' = 'flink'");
    try {
      String text = text("EXPLAIN ANALYZE SELECT v FROM t");
      assertThat(text)
          .contains("flink: the setting orochi.execution.engine is flink")
          .contains("default.t: chunks 2/2")
          .contains("== Flink plan ==")
          .contains("== Actual ==\nrows 3\n");
    } finally {
      run("RESET 'orochi.execution.engine'");
    }
  }

  @Test
  void jsonHasTheSameFigures() throws Exception {
    JsonNode json =
        new ObjectMapper()
            .readTree(text("EXPLAIN (ANALYZE, FORMAT JSON) SELECT v FROM t WHERE v IN (2, 3)"));

    assertThat(json.get("engine").asText()).isEqualTo("kernel");
    JsonNode table = json.get("tables").get(0);
    assertThat(table.get("name").asText()).isEqualTo("default.t");
    assertThat(table.get("files").get("read").asInt()).isEqualTo(1);
    assertThat(table.get("files").get("total").asInt()).isEqualTo(2);
    assertThat(json.get("kernel_sql").asText()).contains("SELECT");
    assertThat(json.get("actual").get("rows").asInt()).isEqualTo(2);
    assertThat(json.get("actual").get("stages_ms").get("execute").asDouble()).isPositive();
    JsonNode planOnly = new ObjectMapper().readTree(text("EXPLAIN (FORMAT JSON) SELECT v FROM t"));
    assertThat(planOnly.has("actual")).isFalse();
  }

  @Test
  void anErrorNamesItsPlaceInTheWholeText() {
    assertThatThrownBy(() -> text("EXPLAIN ANALYZE SELECT nope FROM t"))
        .hasStackTraceContaining("line 1, column 24");
    for (String other :
        new String[] {"SHOW TABLES", "CREATE TABLE x (v INT)", "CREATE TABLE x AS SELECT 1 AS v"}) {
      assertThatThrownBy(() -> text("EXPLAIN ANALYZE " + other))
          .hasStackTraceContaining("OROCHI-7003")
          .hasStackTraceContaining("SELECT, INSERT, UPDATE, DELETE and MERGE");
    }
  }

  @Test
  void aQueryIsSeenAndStoppedFromAnotherSession() throws Exception {
    StringBuilder from = new StringBuilder();
    for (char alias = 'a'; alias < 'm'; alias++) {
      from.append(from.length() == 0 ? "" : ", ").append(DIGITS).append(alias).append("(v)");
    }
    String endless = "SELECT SUM(a.v * b.v * c.v * d.v * e.v * f.v * l.v) FROM " + from;
    CompletableFuture<Void> query =
        CompletableFuture.runAsync(
            () -> {
              try (Connection other = TestingFlight.connect(server);
                  Statement statement = other.createStatement()) {
                statement.execute("SET 'orochi.execution.engine' = 'kernel'");
                statement.executeQuery(endless).next();
              } catch (SQLException failure) {
                throw new IllegalStateException(failure);
              }
            });
    String find =
        "SELECT query_id, engine || ' ' || state FROM info.active_queries"
            + " WHERE query LIKE 'SELECT SUM(a.v%' AND state = 'running'";
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> first(find, 1) != null);
    String id = first(find, 1);
    assertThat(first(find, 2)).isEqualTo("kernel running");

    assertThat(query).isNotDone();
    assertThat(first("CALL sys.cancel_query('" + id + "')", 2)).isEqualTo("true");

    assertThat(query)
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableThat()
        .withStackTraceContaining("OROCHI-1403: The statement was cancelled");
    assertThat(first(find, 1)).isNull();
    assertThatThrownBy(() -> first("CALL sys.cancel_query('" + id + "')", 2))
        .hasStackTraceContaining("OROCHI-7015: No such query runs: " + id);
  }

  private static String text(String sql) throws SQLException {
    return first(sql, 1);
  }

  /** Null if there is no row. */
  private static String first(String sql, int column) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getObject(column)) : null;
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
