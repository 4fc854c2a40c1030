package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that need not look into every file, and answers that need not be computed again. */
class ReadLessITCase {
  private static final int DAYS = 12;

  @TempDir static Path folder;
  private static OrochiServer server;
  private static Connection connection;

  /** A file a day, with a row of host a and one of host b. */
  @BeforeAll
  static void start() throws SQLException {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
    connection = TestingFlight.connect(server);
    run(
        "CREATE TABLE m (ts TIMESTAMP(6) NOT NULL, host STRING, v INT, w DOUBLE)"
            + " WITH ('orochi.hypertable' = 'ts')");
    run("CREATE TABLE events (moment TIMESTAMP(6), what STRING)");
    run("INSERT INTO m VALUES " + days("a", 6, 0) + ", " + days("b", 18, 100));
    run(
        "INSERT INTO events VALUES (TIMESTAMP '2024-01-05 06:00:00', 'fire'),"
            + " (TIMESTAMP '2024-01-09 18:00:00', 'flood')");
  }

  private static String days(String host, int hour, int more) {
    return IntStream.rangeClosed(1, DAYS)
        .mapToObj(
            day ->
                "(TIMESTAMP '2024-01-%02d %02d:00:00', '%s', %d, %d.5)"
                    .formatted(day, hour, host, day + more, day))
        .collect(Collectors.joining(", "));
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @Test
  void countsAndExtremesComeFromMetadata() throws SQLException {
    String all = "SELECT COUNT(*), MIN(v), MAX(v), COUNT(v), MAX(ts) FROM m";
    assertThat(explain(all))
        .contains("default.m: chunks 0/12, shards 0/1, files 0/12")
        .contains("default.m: told by the metadata of 12 files, not read");
    assertThat(rows(all)).containsExactly("24|1|112|24|2024-01-12 18:00:00.0");
    String some = "SELECT COUNT(*), MAX(v) FROM m WHERE ts >= TIMESTAMP '2024-01-10 12:00:00'";
    assertThat(explain(some)).contains("files 1/12").contains("metadata of 2 files");
    assertThat(rows(some)).containsExactly("5|112");
    assertThat(rows("SELECT COUNT(*), MAX(v) FROM m WHERE CAST(ts AS DATE) = DATE '2024-01-03'"))
        .containsExactly("2|103");
  }

  @Test
  void whatMetadataDoesNotTellIsRead() throws SQLException {
    assertThat(explain("SELECT MAX(host) FROM m")).contains("files 12/12");
    assertThat(explain("SELECT MAX(w) FROM m")).contains("files 12/12");
    assertThat(explain("SELECT COUNT(*) FROM m WHERE host = 'a'")).contains("files 12/12");
    assertThat(explain("SELECT COUNT(DISTINCT v) FROM m")).contains("files 12/12");
    assertThat(rows("SELECT MAX(host), MAX(w), MIN(v + 1) FROM m")).containsExactly("b|12.5|2");
  }

  @Test
  void deletedRowsDoNotCount() throws SQLException {
    run("CREATE TABLE d (ts TIMESTAMP(6) NOT NULL, v INT) WITH ('orochi.hypertable' = 'ts')");
    run(
        "INSERT INTO d VALUES (TIMESTAMP '2024-01-01 00:00:00', 1),"
            + " (TIMESTAMP '2024-01-01 01:00:00', 2), (TIMESTAMP '2024-01-02 00:00:00', 3)");
    String sql = "SELECT COUNT(*), MIN(v) FROM d";
    assertThat(rows(sql)).containsExactly("3|1");
    run("DELETE FROM d WHERE v = 1");
    assertThat(explain(sql)).contains("files 1/2").contains("metadata of 1 files");
    assertThat(rows(sql)).containsExactly("2|2");
  }

  @Test
  void theNewestRowsAreLookedForInTheNewestFiles() throws SQLException {
    String newest = "SELECT v FROM m ORDER BY ts DESC LIMIT 3";
    assertThat(explain(newest)).contains("files 2/12");
    assertThat(rows(newest)).containsExactly("112", "12", "111");
    String oldest = "SELECT v FROM m ORDER BY ts LIMIT 1 OFFSET 1";
    assertThat(explain(oldest)).contains("files 1/12");
    assertThat(rows(oldest)).containsExactly("101");
    String ofHost = "SELECT v FROM m WHERE host = 'a' ORDER BY ts DESC, v LIMIT 2";
    assertThat(explain(ofHost)).contains("files 12/12");
    assertThat(analyze(ofHost)).contains("default.m: chunks 2/12").contains("rows 2, ");
    assertThat(rows(ofHost)).containsExactly("12", "11");
    assertThat(rows("SELECT v FROM m WHERE host = 'c' ORDER BY ts DESC LIMIT 2")).isEmpty();
  }

  @Test
  void firstAndLastLookIntoTheFilesAtTheEnds() throws SQLException {
    String last = "SELECT last(host, ts), last(v, ts), MAX(ts) FROM m";
    assertThat(explain(last)).contains("files 1/12");
    assertThat(rows(last)).containsExactly("b|112|2024-01-12 18:00:00.0");
    String ends = "SELECT first(v, ts), last(v, ts) FROM m";
    assertThat(explain(ends)).contains("files 2/12");
    assertThat(rows(ends)).containsExactly("1|112");
    String ofHost = "SELECT first(v, ts), last(v, ts) FROM m WHERE host = 'a'";
    assertThat(explain(ofHost)).contains("files 12/12");
    assertThat(analyze(ofHost)).contains("default.m: chunks 2/12").contains("rows 1, ");
    assertThat(rows(ofHost)).containsExactly("1|12");
    assertThat(rows("SELECT last(v, ts) FROM m WHERE host = 'c'")).containsExactly("null");
    for (String all :
        List.of(
            "SELECT last(v, ts), SUM(v) FROM m",
            "SELECT last(v, w) FROM m",
            "SELECT last(v, ts) FILTER (WHERE host = 'a') FROM m")) {
      assertThat(explain(all)).contains("files 12/12");
    }
  }

  @Test
  void firstAndLastPassOverDeletedRowsAndKeepEqualTimes() throws SQLException {
    run("CREATE TABLE ends (id INT, ts TIMESTAMP(6), v INT) WITH ('orochi.hypertable' = 'ts')");
    for (int file = 0; file < 4; file++) {
      run(
          ("INSERT INTO ends VALUES (%1$d, TIMESTAMP '2024-01-01 00:0%1$d:00', %1$d),"
                  + " (1%1$d, TIMESTAMP '2024-01-01 01:00:00', 7), (2%1$d, NULL, 99)")
              .formatted(file));
    }
    String last = "SELECT first(v, ts), last(v, ts) FROM ends";
    assertThat(rows(last)).containsExactly("0|7");
    String only = "SELECT first(v, ts) FROM ends";
    assertThat(explain(only)).contains("files 1/");
    run("DELETE FROM ends WHERE id IN (0, 10, 11, 12, 13)");
    assertThat(rows(last)).containsExactly("1|3");
    assertThat(rows(only)).containsExactly("1");
  }

  @Test
  void bloomFiltersTellWhichFilesDoNotHoldAValue() throws SQLException {
    run(
        "CREATE TABLE blooms (id INT, name STRING, v INT) WITH ("
            + "'orochi.bloom-filter' = 'id, name', 'orochi.bloom-filter.values' = '1000')");
    for (int file = 0; file < 4; file++) {
      int first = file;
      run(
          "INSERT INTO blooms VALUES "
              + IntStream.range(0, 100)
                  .map(i -> i * 4 + first)
                  .mapToObj(id -> "(%d, 'n%d', %d)".formatted(id, id, first))
                  .collect(Collectors.joining(", ")));
    }
    String byId = "SELECT v FROM blooms WHERE id = 202";
    assertThat(explain(byId)).contains("files 4/4");
    assertThat(analyze(byId)).contains("files 1/4").contains("rows 1, ");
    assertThat(rows(byId)).containsExactly("2");
    assertThat(analyze("SELECT v FROM blooms WHERE name IN ('n8', 'n12')")).contains("files 1/4");
    assertThat(analyze("SELECT v FROM blooms WHERE id = 3 OR name = 'n1'")).contains("files 2/4");
    assertThat(analyze("SELECT v FROM blooms WHERE id = 3 OR v = 1")).contains("files 4/4");
    run("ALTER TABLE blooms RENAME name TO label");
    run("ALTER TABLE blooms MODIFY id BIGINT");
    run("INSERT INTO blooms VALUES (5000000000, 'n-1', 9), (7, 'n7', 9)");
    assertThat(rows("SHOW CREATE TABLE blooms").get(0)).contains("'id, label'");
    assertThat(rows("SELECT v FROM blooms WHERE id = 7 ORDER BY v")).containsExactly("3", "9");
    assertThat(analyze("SELECT v FROM blooms WHERE id = 7")).contains("files 2/5");
    assertThat(analyze("SELECT v FROM blooms WHERE id = 5000000000")).contains("files 1/5");
    assertThat(analyze("SELECT v FROM blooms WHERE label = 'n202'")).contains("files 1/5");
    run("DELETE FROM blooms WHERE id = 202");
    assertThat(rows("SELECT v FROM blooms WHERE id IN (202, 203)")).containsExactly("3");
    run("ALTER TABLE blooms DROP label");
    assertThat(rows("SHOW CREATE TABLE blooms").get(0)).contains("'orochi.bloom-filter' = 'id'");
    assertThat(rows("SELECT COUNT(*) FROM blooms WHERE id = 201")).containsExactly("1");
  }

  /** The condition lies inside of what is ordered, where a repeated expression puts it. */
  @Test
  void conditionsWithinDecideWhichRowsAreFirst() throws SQLException {
    String inner =
        "(SELECT x + x AS y, ts FROM (SELECT v + CHAR_LENGTH(host) AS x, ts FROM m WHERE v < 3) AS s)"
            + " AS t";
    assertThat(rows("SELECT y FROM " + inner + " ORDER BY ts DESC LIMIT 1")).containsExactly("6");
    assertThat(rows("SELECT last(y, ts) FROM " + inner)).containsExactly("6");
  }

  @Test
  void theKeysOfASmallTableChooseFilesOfALargeOne() throws SQLException {
    String join = "SELECT v FROM m JOIN events e ON m.ts = e.moment WHERE e.what = 'flood'";
    assertThat(explain(join)).contains("default.m: chunks 12/12");
    assertThat(analyze(join)).contains("default.m: chunks 1/12").contains("rows 1, ");
    assertThat(rows(join)).containsExactly("109");
    String none = "SELECT v FROM events e, m WHERE m.ts = e.moment AND e.what = 'frost'";
    assertThat(analyze(none)).contains("default.m: chunks 0/12");
    assertThat(rows(none)).isEmpty();
    String kept = "SELECT COUNT(*) FROM m LEFT JOIN events e ON m.ts = e.moment";
    assertThat(analyze(kept)).contains("default.m: chunks 12/12");
    assertThat(rows(kept)).containsExactly("24");
  }

  @Test
  void theSameQueryOnTheSameSnapshotsIsNotComputedAgain() throws SQLException {
    run("CREATE TABLE c (k INT)");
    run("INSERT INTO c VALUES (1), (2)");
    String sql = "SELECT SUM(k) AS s, 'of c' AS what FROM c";
    assertThat(analyze(sql)).contains("\nresult cache: miss\n");
    assertThat(analyze(sql)).contains("\nresult cache: hit\n").contains("rows 1, ");
    try (Connection other = TestingFlight.connect(server);
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isEqualTo(3);
    }
    assertThat(
            rows(
                "SELECT hits, num_rows, snapshots <> '' FROM info.query_cache"
                    + " WHERE relations = 'default.c' AND query LIKE '%of c%'"))
        .containsExactly("2|1|true");
    run("INSERT INTO c VALUES (3)");
    assertThat(rows(sql)).containsExactly("6|of c");
    run("DELETE FROM c WHERE k = 1");
    assertThat(rows(sql)).containsExactly("5|of c");
    run("UPDATE c SET k = 10 WHERE k = 2");
    assertThat(rows(sql)).containsExactly("13|of c");
    run("DROP TABLE c");
    run("CREATE TABLE c (k INT)");
    run("INSERT INTO c VALUES (100)");
    assertThat(rows(sql)).containsExactly("100|of c");
  }

  @Test
  void whatMayBeAnotherAnswerIsComputed() throws SQLException {
    for (String value : List.of("NOW()", "RAND()", "UUID()", "CURRENT_DATE")) {
      String sql = "SELECT v, " + value + " FROM m WHERE v = 1";
      assertThat(analyze(sql)).contains("\nresult cache: not used\n");
    }
    assertThat(analyze("SELECT COUNT(*) FROM info.active_queries")).contains("cache: not used");
    assertThat(analyze("SELECT COUNT(*) FROM m$snapshots")).contains("cache: not used");
    assertThat(analyze("SELECT COUNT(*) FROM m$changelog"))
        .contains("default.m$changelog: changes of 1 snapshots, files 12, ")
        .containsPattern("\n  tier hot on local: chunks \\d+, files 12, bytes ")
        .contains("cache: not used");
    String sql = "SELECT v FROM m WHERE v = 2";
    run("SET 'orochi.execution.result-cache' = 'off'");
    try {
      assertThat(analyze(sql)).contains("\nresult cache: not used\n");
    } finally {
      run("RESET 'orochi.execution.result-cache'");
    }
    assertThat(analyze(sql)).contains("\nresult cache: miss\n");
    assertThat(analyze(sql)).contains("\nresult cache: hit\n");
  }

  @Test
  void whatATransactionStagesIsNeitherKeptNorAnsweredFromBefore() throws SQLException {
    run("CREATE TABLE staged (k INT)");
    run("INSERT INTO staged VALUES (1)");
    String sql = "SELECT SUM(k) AS s, 'of staged' AS what FROM staged";
    assertThat(analyze(sql)).contains("\nresult cache: miss\n");
    run("BEGIN");
    try {
      run("INSERT INTO staged VALUES (2)");
      assertThat(rows(sql)).containsExactly("3|of staged");
      assertThat(rows(sql)).containsExactly("3|of staged");
    } finally {
      run("ROLLBACK");
    }
    assertThat(
            rows("SELECT hits, num_rows FROM info.query_cache WHERE relations = 'default.staged'"))
        .containsExactly("0|1");
    assertThat(rows(sql)).containsExactly("1|of staged");
  }

  @Test
  void metadataTellsOfATagByTodaysNames() throws SQLException {
    run("CREATE TABLE tagged (k INT NOT NULL, v INT)");
    run("INSERT INTO tagged VALUES (1, 10), (2, 20)");
    run("CALL sys.create_tag('default.tagged', 'first')");
    run("ALTER TABLE tagged RENAME v TO w");
    run("ALTER TABLE tagged ADD (v INT)");
    String now = "SELECT COUNT(*), MAX(w), MAX(v) FROM tagged";
    assertThat(rows(now)).containsExactly("2|20|null");
    run("INSERT INTO tagged VALUES (3, 30, 300)");
    assertThat(rows(now)).containsExactly("3|30|300");
    assertThat(rows(now + " /*+ OPTIONS('tag'='first') */")).containsExactly("2|20|null");
  }

  private static String explain(String sql) throws SQLException {
    return String.join("\n", rows("EXPLAIN " + sql));
  }

  private static String analyze(String sql) throws SQLException {
    return String.join("\n", rows("EXPLAIN ANALYZE " + sql));
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return TestingRows.of(result);
    }
  }

  private static void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
