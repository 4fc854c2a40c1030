package io.orochi.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** BEGIN, COMMIT and ROLLBACK through the doors of a server. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransactionsITCase {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final OrochiCluster cluster;
  private String database;

  TransactionsITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void createTwoTables() throws SQLException {
    database = "txn" + DATABASES.incrementAndGet();
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE " + database);
      Sql.run(session, "USE " + database);
      Sql.run(session, "CREATE TABLE a (id INT, v INT) WITH ('format-version' = '3')");
      Sql.run(session, "CREATE TABLE b (id INT, v INT)");
      Sql.run(session, "INSERT INTO a VALUES (1, 10), (2, 20)");
    }
  }

  @Test
  void severalStatementsOfSeveralTablesAreOneCommit() throws SQLException {
    try (Connection session = open();
        Connection other = open()) {
      Sql.run(session, "BEGIN");
      Sql.run(session, "INSERT INTO a VALUES (3, 30)");
      Sql.run(session, "UPDATE a SET v = 11 WHERE id = 1");
      Sql.run(session, "UPDATE a SET v = 31 WHERE id = 3");
      Sql.run(session, "DELETE FROM a WHERE id = 2");
      Sql.run(session, "INSERT INTO b SELECT id, v FROM a");
      assertThat(a(session)).containsExactly("1 | 11", "3 | 31");
      assertThat(b(session)).containsExactly("1 | 11", "3 | 31");
      assertThat(a(other)).containsExactly("1 | 10", "2 | 20");
      assertThat(b(other)).isEmpty();
      int before = snapshots("a");
      Sql.run(session, "COMMIT");

      assertThat(a(other)).containsExactly("1 | 11", "3 | 31");
      assertThat(b(other)).containsExactly("1 | 11", "3 | 31");
      assertThat(snapshots("a")).isEqualTo(before + 1);
      assertThat(snapshots("b")).isEqualTo(1);
    }
  }

  @Test
  void aRollbackLeavesNothingNotEvenFiles() throws Exception {
    try (Connection session = open()) {
      List<Path> before = files();
      Sql.run(session, "BEGIN TRANSACTION");
      Sql.run(session, "INSERT INTO a VALUES (3, 30)");
      Sql.run(session, "DELETE FROM a WHERE id = 1");
      assertThat(a(session)).containsExactly("2 | 20", "3 | 30");
      assertThat(files().size()).isGreaterThan(before.size());
      Sql.run(session, "ROLLBACK");

      assertThat(a(session)).containsExactly("1 | 10", "2 | 20");
      assertThat(files()).containsExactlyElementsOf(before);
    }
  }

  @Test
  void plansMadeInsideAndOutsideAreNotMixed() throws SQLException {
    String all = "SELECT COUNT(*), SUM(v) FROM a";
    try (Connection session = open();
        Connection other = open();
        PreparedStatement prepared = session.prepareStatement("SELECT v FROM a WHERE id = ?");
        PreparedStatement whole = session.prepareStatement(all)) {
      assertThat(value(prepared, 1)).isEqualTo(10);
      assertThat(Sql.rows(session, all)).containsExactly("2 | 30");
      Sql.run(session, "BEGIN");
      Sql.run(session, "UPDATE a SET v = 11 WHERE id = 1");

      assertThat(value(prepared, 1)).isEqualTo(11);
      assertThat(Sql.rows(session, all)).containsExactly("2 | 31");
      assertThat(sum(whole)).isEqualTo(31);
      assertThat(Sql.rows(other, all)).containsExactly("2 | 30");
      Sql.run(other, "INSERT INTO a VALUES (3, 30)");
      assertThat(Sql.rows(other, all)).containsExactly("3 | 60");
      assertThat(Sql.rows(session, all)).containsExactly("2 | 31");
      assertThat(sum(whole)).isEqualTo(31);
      Sql.run(session, "ROLLBACK");

      assertThat(value(prepared, 1)).isEqualTo(10);
      assertThat(Sql.rows(session, all)).containsExactly("3 | 60");
      assertThat(sum(whole)).isEqualTo(60);
    }
  }

  @Test
  void aMergeIsPartOfTheTransaction() throws SQLException {
    try (Connection session = open();
        Connection other = open()) {
      Sql.run(session, "BEGIN");
      Sql.run(session, "INSERT INTO b VALUES (1, 11), (3, 30)");
      Sql.run(
          session,
          "MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN UPDATE SET v = b.v"
              + " WHEN NOT MATCHED THEN INSERT (id, v) VALUES (b.id, b.v)");
      assertThat(a(session)).containsExactly("1 | 11", "2 | 20", "3 | 30");
      assertThat(a(other)).containsExactly("1 | 10", "2 | 20");
      int before = snapshots("a");
      Sql.run(session, "COMMIT");

      assertThat(a(other)).containsExactly("1 | 11", "2 | 20", "3 | 30");
      assertThat(snapshots("a")).isEqualTo(before + 1);
    }
  }

  @Test
  void aLostClientLeavesNothing() throws Exception {
    List<Path> before = files();
    Connection lost = open();
    Sql.run(lost, "SET 'orochi.idle-in-transaction-timeout' = '1 s'");
    Sql.run(lost, "BEGIN");
    Sql.run(lost, "INSERT INTO a VALUES (3, 30)");
    lost.close();

    try (Connection session = open()) {
      assertThat(a(session)).containsExactly("1 | 10", "2 | 20");
    }
    await().untilAsserted(() -> assertThat(files()).isEqualTo(before));
  }

  @Test
  void twoHundredRowsAreOneSnapshot() throws SQLException {
    try (Connection session = open()) {
      Sql.run(session, "BEGIN");
      for (int i = 0; i < 200; i++) {
        Sql.run(session, "INSERT INTO b VALUES (" + i + ", 0)");
      }
      Sql.run(session, "COMMIT");

      assertThat(Sql.rows(session, "SELECT COUNT(*), SUM(id) FROM b"))
          .containsExactly("200 | 19900");
      assertThat(snapshots("b")).isEqualTo(1);
    }
  }

  @Test
  void whoeverCommitsFirstWins() throws SQLException {
    try (Connection first = open();
        Connection second = open()) {
      Sql.run(first, "BEGIN");
      Sql.run(second, "BEGIN");
      Sql.run(first, "UPDATE a SET v = 11 WHERE id = 1");
      Sql.run(second, "UPDATE a SET v = 12 WHERE id = 1");
      Sql.run(second, "INSERT INTO b VALUES (1, 1)");
      Sql.run(first, "COMMIT");
      long winner = cluster.table(database, "a").currentSnapshot().snapshotId();

      assertThatThrownBy(() -> Sql.run(second, "COMMIT"))
          .satisfies(
              failure ->
                  assertThat(Sql.messages(failure))
                      .contains("OROCHI-3201", database + ".a", String.valueOf(winner))
                      .contains("transaction-"));
      assertThat(a(second)).containsExactly("1 | 11", "2 | 20");
      assertThat(b(second)).isEmpty();
    }
  }

  @Test
  void insertsOfTwoTransactionsAreBothKept() throws SQLException {
    try (Connection first = open();
        Connection second = open()) {
      Sql.run(first, "BEGIN");
      Sql.run(second, "BEGIN");
      Sql.run(first, "INSERT INTO a VALUES (3, 30)");
      Sql.run(second, "INSERT INTO a VALUES (4, 40)");
      Sql.run(first, "COMMIT");
      assertThat(a(second)).containsExactly("1 | 10", "2 | 20", "4 | 40");
      Sql.run(second, "COMMIT");
      assertThat(a(second)).containsExactly("1 | 10", "2 | 20", "3 | 30", "4 | 40");
    }
  }

  @Test
  void afterAFailureOnlyRollbackIsAccepted() throws SQLException {
    try (Connection session = open()) {
      Sql.run(session, "BEGIN");
      Sql.run(session, "INSERT INTO a VALUES (3, 30)");
      assertFails(session, "SELECT nothing FROM a", "nothing");
      assertFails(session, "SELECT 1", "OROCHI-3202");
      assertFails(session, "COMMIT", "OROCHI-3202");
      assertThat(a(session)).containsExactly("1 | 10", "2 | 20");
      Sql.run(session, "BEGIN");
      assertFails(session, "DROP TABLE a", "OROCHI-3204");
      Sql.run(session, "ROLLBACK");
      assertThat(a(session)).hasSize(2);
    }
  }

  @Test
  void whatCannotBePartOfATransactionIsRefused() throws SQLException {
    try (Connection session = open()) {
      assertFails(session, "COMMIT", "OROCHI-3205");
      assertFails(session, "ROLLBACK", "OROCHI-3205");
      assertFails(session, "BEGIN ISOLATION LEVEL CHAOS", "READ COMMITTED, SNAPSHOT");
      assertFails(session, "SAVEPOINT s", "savepoints");
      for (String statement :
          List.of(
              "CREATE TABLE c (id INT)",
              "CREATE TABLE c AS SELECT id FROM a",
              "ALTER TABLE a ADD (w INT)",
              "CALL sys.help()",
              "CREATE VIEW x AS SELECT id FROM a")) {
        Sql.run(session, "BEGIN");
        assertFails(session, statement, "OROCHI-3204");
        Sql.run(session, "ROLLBACK");
      }
      Sql.run(session, "BEGIN");
      assertFails(session, "BEGIN", "OROCHI-3206");
      assertThat(Sql.rows(session, "SHOW TABLES")).contains("a", "b");
      Sql.run(session, "SET 'orochi.execution.engine' = 'flink'");
      assertFails(session, "SELECT * FROM a", "outside the transaction");
      Sql.run(session, "ROLLBACK");
    }
  }

  @Test
  void anIdleTransactionIsRolledBack() throws Exception {
    try (Connection session = open()) {
      List<Path> before = files();
      Sql.run(session, "SET 'orochi.idle-in-transaction-timeout' = '1 s'");
      Sql.run(session, "BEGIN");
      Sql.run(session, "INSERT INTO a VALUES (3, 30)");
      assertThat(open("a")).isEqualTo(1);
      await().untilAsserted(() -> assertThat(open("a")).isZero());
      assertThat(files()).isEqualTo(before);

      assertFails(session, "INSERT INTO a VALUES (4, 40)", "OROCHI-3203");
      Sql.run(session, "ROLLBACK");
      assertThat(a(session)).hasSize(2);
    }
  }

  @Test
  void theViewsShowWhatIsOpen() throws SQLException {
    try (Connection session = open()) {
      Sql.run(session, "BEGIN ISOLATION LEVEL SERIALIZABLE");
      Sql.run(session, "INSERT INTO b SELECT id, v FROM a");

      assertThat(
              Sql.rows(
                  session,
                  "SELECT isolation, state, statements FROM info.transactions"
                      + " WHERE table_names LIKE '%"
                      + database
                      + ".b%'"))
          .containsExactly("serializable | active | 2");
      assertThat(
              Sql.rows(
                  session,
                  "SELECT table_name, mode, granted FROM info.locks WHERE table_schema = '"
                      + database
                      + "' ORDER BY table_name"))
          .containsExactly("a | read | false", "b | write | false");
      Sql.run(session, "ROLLBACK");
    }
  }

  @Test
  void flinksJdbcDriverHasTransactionsToo() throws SQLException {
    try (Connection session = cluster.flinkJdbc();
        Connection other = open()) {
      Sql.run(session, "USE " + database);
      for (String statement : List.of("BEGIN", "INSERT INTO b VALUES (7, 7)", "COMMIT")) {
        assertThat(b(other)).isEmpty();
        Sql.run(session, statement);
      }
      assertThat(b(other)).containsExactly("7 | 7");
    }
  }

  private Connection open() throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "USE " + database);
    return session;
  }

  /** How many transactions have used a table of this test. */
  private int open(String table) throws SQLException {
    try (Connection other = cluster.flight()) {
      return Sql.rows(
              other,
              "SELECT state FROM info.transactions WHERE table_names LIKE '%"
                  + database
                  + "."
                  + table
                  + "%'")
          .size();
    }
  }

  private static List<String> a(Connection session) throws SQLException {
    return Sql.rows(session, "SELECT id, v FROM a ORDER BY id");
  }

  private static List<String> b(Connection session) throws SQLException {
    return Sql.rows(session, "SELECT id, v FROM b ORDER BY id");
  }

  private static int value(PreparedStatement prepared, int id) throws SQLException {
    prepared.setInt(1, id);
    try (ResultSet rows = prepared.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private static int sum(PreparedStatement prepared) throws SQLException {
    try (ResultSet rows = prepared.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(2);
    }
  }

  private int snapshots(String name) {
    Table table = cluster.table(database, name);
    int count = 0;
    for (var unused : table.snapshots()) {
      count++;
    }
    return count;
  }

  private List<Path> files() throws IOException {
    Path warehouse = cluster.catalogConfig().localWarehouse().orElseThrow();
    try (Stream<Path> files = Files.walk(warehouse.resolve(database))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void assertFails(Connection session, String sql, String message) {
    assertThatThrownBy(() -> Sql.run(session, sql))
        .satisfies(failure -> assertThat(Sql.messages(failure)).contains(message));
  }
}
