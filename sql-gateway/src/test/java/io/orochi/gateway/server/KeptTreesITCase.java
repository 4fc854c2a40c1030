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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was understood of a query outlives changes of rows and nothing else. One session asks, with
 * other constants each time; another one changes the table.
 */
class KeptTreesITCase {
  @TempDir static Path folder;
  private static OrochiServer server;
  private static Connection asking;
  private static Connection changing;

  @BeforeAll
  static void start() throws SQLException {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(ServerConfig.Ports.auto()));
    asking = TestingFlight.connect(server);
    changing = TestingFlight.connect(server);
  }

  @AfterAll
  static void stop() throws SQLException {
    asking.close();
    changing.close();
    server.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    change("CREATE TABLE t (k INT, a INT, b INT, s STRING)");
    change("INSERT INTO t VALUES (1, 10, 100, 'x'), (2, 20, 200, 'y'), (3, 30, 300, 'z')");
  }

  @AfterEach
  void drop() throws SQLException {
    change("DROP VIEW IF EXISTS seen");
    change("DROP TABLE IF EXISTS t");
  }

  @Test
  void aCommitLeavesTheTreeAndItsRowsAreSeen() throws SQLException {
    assertThat(rows("SELECT a FROM t WHERE k = 1")).containsExactly("10");
    for (String changed :
        List.of(
            "INSERT INTO t VALUES (4, 40, 400, 'w')",
            "UPDATE t SET a = a + 1 WHERE k = 2",
            "DELETE FROM t WHERE k = 3",
            "INSERT INTO t SELECT k + 4, a, b, s FROM t WHERE k = 1")) {
      change(changed);
      assertThat(planOf("SELECT a FROM t WHERE k = 1")).as(changed).isEqualTo("tree cached");
    }
    assertThat(rows("SELECT a FROM t WHERE k = 4")).containsExactly("40");
    assertThat(rows("SELECT a FROM t WHERE k = 2")).containsExactly("21");
    assertThat(rows("SELECT a FROM t WHERE k = 3")).isEmpty();
    assertThat(rows("SELECT a FROM t WHERE k = 5")).containsExactly("10");
  }

  @Test
  void aCommitLeavesTheTreeOfAQueryWithoutConstants() throws SQLException {
    String sql = "SELECT COUNT(*), SUM(a + 1) FROM t";
    assertThat(rows(sql)).containsExactly("3|63");
    change("INSERT INTO t VALUES (4, 40, 400, 'w')");
    assertThat(planOf(sql)).isEqualTo("tree cached");
    assertThat(planOf(sql)).isEqualTo("cached");
    assertThat(rows(sql)).containsExactly("4|104");
    change("DELETE FROM t WHERE k < 3");
    assertThat(rows(sql)).containsExactly("2|72");
  }

  @Test
  void aColumnThatComesOrGoesEndsTheTree() throws SQLException {
    assertThat(rows("SELECT * FROM t WHERE k = 1")).containsExactly("1|10|100|x");
    change("ALTER TABLE t ADD more INT");
    assertThat(planOf("SELECT * FROM t WHERE k = 2")).isEqualTo("new");
    assertThat(rows("SELECT * FROM t WHERE k = 2")).containsExactly("2|20|200|y|null");
    change("ALTER TABLE t DROP a");
    assertThat(rows("SELECT * FROM t WHERE k = 3")).containsExactly("3|300|z|null");
    assertThat(rows("SELECT b FROM t WHERE k = 3")).containsExactly("300");
    change("ALTER TABLE t DROP b");
    assertThatThrownBy(() -> rows("SELECT b FROM t WHERE k = 1")).hasMessageContaining("'b'");
    change("ALTER TABLE t ADD b STRING");
    assertThat(rows("SELECT b FROM t WHERE k = 1")).containsExactly("null");
  }

  @Test
  void columnsThatChangeTheirNamesEndTheTree() throws SQLException {
    assertThat(rows("SELECT a, b FROM t WHERE k = 1")).containsExactly("10|100");
    change("ALTER TABLE t RENAME a TO c");
    change("ALTER TABLE t RENAME b TO a");
    change("ALTER TABLE t RENAME c TO b");
    assertThat(rows("SELECT a, b FROM t WHERE k = 2")).containsExactly("200|20");
    assertThat(rows("SELECT * FROM t WHERE k = 2")).containsExactly("2|20|200|y");
    change("ALTER TABLE t RENAME k TO key_");
    assertThatThrownBy(() -> rows("SELECT a, b FROM t WHERE k = 3")).hasMessageContaining("'k'");
  }

  @Test
  void aTypeThatChangesEndsTheTree() throws SQLException {
    assertThat(typeOf("SELECT a FROM t WHERE k = 1")).isEqualTo("INTEGER");
    change("ALTER TABLE t MODIFY a BIGINT");
    assertThat(typeOf("SELECT a FROM t WHERE k = 2")).isEqualTo("BIGINT");
    change("INSERT INTO t VALUES (4, CAST(40000000000 AS BIGINT), 400, 'w')");
    assertThat(rows("SELECT a FROM t WHERE k = 4")).containsExactly("40000000000");
    change("ALTER TABLE t MODIFY k BIGINT");
    change("INSERT INTO t VALUES (CAST(5000000000 AS BIGINT), CAST(5 AS BIGINT), 500, 'v')");
    assertThat(rows("SELECT a FROM t WHERE k = 5000000000")).containsExactly("5");
  }

  @Test
  void anOptionEndsTheTree() throws SQLException {
    String sql = "SELECT a, s FROM t WHERE k = ";
    assertThat(explain(sql + 1)).contains("kernel: it can express");
    change("ALTER TABLE t SET ('write.format.default' = 'avro')");
    assertThat(explain(sql + 2)).contains("flink: the kernel does not run");
    change("ALTER TABLE t SET ('write.format.default' = 'parquet')");
    assertThat(explain(sql + 3)).contains("kernel: it can express");
    assertThat(rows(sql + 3)).containsExactly("30|z");
  }

  @Test
  void aTableMadeAgainIsAnother() throws SQLException {
    String sql = "SELECT a FROM t WHERE k = ";
    assertThat(rows(sql + 1)).containsExactly("10");
    change("DROP TABLE t");
    assertThatThrownBy(() -> rows(sql + 2)).hasMessageContaining("'t'");
    change("CREATE TABLE t (k INT, a INT, b INT, s STRING)");
    assertThat(planOf(sql + 2)).isEqualTo("new");
    assertThat(rows(sql + 2)).isEmpty();
    change("INSERT INTO t VALUES (3, 33, 333, 'z')");
    assertThat(rows(sql + 3)).containsExactly("33");
    change("DROP TABLE t");
    change("CREATE TABLE t (a STRING, k INT)");
    change("INSERT INTO t VALUES ('one', 1)");
    assertThat(rows(sql + 1)).containsExactly("one");
    change("DROP TABLE t");
    change("CREATE VIEW t AS SELECT * FROM (VALUES (1, 'of a view')) AS x(k, a)");
    assertThat(rows(sql + 1)).containsExactly("of a view");
    change("DROP VIEW t");
  }

  @Test
  void aViewThatIsReplacedEndsTheTreesOverIt() throws SQLException {
    String sql = "SELECT v FROM seen WHERE k = ";
    change("CREATE VIEW seen AS SELECT k, a AS v FROM t");
    assertThat(rows(sql + 1)).containsExactly("10");
    change("INSERT INTO t VALUES (4, 40, 400, 'w')");
    assertThat(planOf(sql + 4)).isEqualTo("tree cached");
    assertThat(rows(sql + 4)).containsExactly("40");
    change("ALTER VIEW seen AS SELECT k, b AS v FROM t");
    assertThat(rows(sql + 4)).containsExactly("400");
    change("DROP VIEW seen");
    change("CREATE VIEW seen AS SELECT k, a + b AS v FROM t");
    assertThat(rows(sql + 2)).containsExactly("220");
    change("INSERT INTO t VALUES (5, 50, 500, 'v')");
    assertThat(rows(sql + 5)).containsExactly("550");
  }

  @Test
  void thePastStaysWhatItWas() throws SQLException {
    change("ALTER TABLE t ADD more INT");
    String future =
        "SELECT * FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2100-01-01 00:00:00' WHERE k =";
    assertThat(rows(future + " 1")).containsExactly("1|10|100|x");
    change("INSERT INTO t VALUES (4, 40, 400, 'w', 4)");
    assertThat(rows(future + " 1")).containsExactly("1|10|100|x|null");
    assertThat(rows(future + " 4")).containsExactly("4|40|400|w|4");

    String first =
        rows("SELECT MIN(snapshot_id) FROM (SELECT snapshot_id FROM `t$snapshots` ORDER"
                + " BY committed_at LIMIT 1)")
            .get(0);
    String past = "SELECT k FROM t /*+ OPTIONS('snapshot-id' = '" + first + "') */ WHERE a > ";
    assertThat(rows(past + 25)).containsExactly("3");
    change("DELETE FROM t WHERE k = 3");
    assertThat(rows(past + 29)).containsExactly("3");
    assertThat(rows("SELECT k FROM t WHERE a > 29")).containsExactly("4");
  }

  @Test
  void aPreparedQueryIsUnderstoodOnceAcrossCommits() throws SQLException {
    try (PreparedStatement prepared =
        asking.prepareStatement("SELECT a FROM t WHERE k = ? AND b > ?")) {
      assertThat(bound(prepared, 1)).containsExactly("10");
      change("INSERT INTO t VALUES (4, 40, 400, 'w')");
      assertThat(bound(prepared, 4)).containsExactly("40");
      change("ALTER TABLE t RENAME a TO c");
      change("ALTER TABLE t RENAME b TO a");
      change("ALTER TABLE t RENAME c TO b");
      change("UPDATE t SET b = 50, a = 500 WHERE k = 2");
      assertThat(bound(prepared, 2)).containsExactly("500");
    }
  }

  private static List<String> bound(PreparedStatement prepared, int key) throws SQLException {
    prepared.setInt(1, key);
    prepared.setInt(2, 5);
    return TestingRows.of(prepared.executeQuery());
  }

  private static String typeOf(String sql) throws SQLException {
    try (Statement statement = asking.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getMetaData().getColumnTypeName(1);
    }
  }

  private static String explain(String sql) throws SQLException {
    return rows("EXPLAIN ANALYZE " + sql).get(0);
  }

  /** How much of the plan was there before. */
  private static String planOf(String sql) throws SQLException {
    return explain(sql)
        .lines()
        .filter(line -> line.startsWith("plan: "))
        .findFirst()
        .orElseThrow()
        .substring("plan: ".length());
  }

  private static void change(String sql) throws SQLException {
    try (Statement statement = changing.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> rows(String sql) throws SQLException {
    try (Statement statement = asking.createStatement()) {
      return TestingRows.of(statement.executeQuery(sql));
    }
  }
}
