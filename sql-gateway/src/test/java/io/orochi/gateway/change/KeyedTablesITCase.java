package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables whose primary keys every writer keeps unique. */
class KeyedTablesITCase {
  @TempDir static Path folder;
  private static TestingServer server;
  private static int tables;

  private Connection session;
  private String t;

  @BeforeAll
  static void start() {
    server = new TestingServer(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    session = server.connect();
    t = "keyed" + ++tables;
  }

  @AfterEach
  void disconnect() throws SQLException {
    session.close();
  }

  private void create(String options) throws SQLException {
    run(
        session,
        "CREATE TABLE "
            + t
            + " (k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED)"
            + (options.isEmpty() ? "" : " WITH (" + options + ")"));
  }

  private List<String> all() throws SQLException {
    return rows(session, "SELECT k, v FROM " + t + " ORDER BY k, v");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void aNewRowTakesThePlaceOfTheOldOne(String engine) throws SQLException {
    create("");
    run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    assertThat(run(session, "INSERT INTO " + t + " VALUES (1, 'a'), (2, 'b'), (3, 'c')"))
        .isEqualTo(3);
    assertThat(run(session, "INSERT INTO " + t + " VALUES (2, 'B'), (4, 'D')")).isEqualTo(2);
    assertThat(all()).containsExactly("1|a", "2|B", "3|c", "4|D");
    run(session, "INSERT INTO " + t + " SELECT k, v || v FROM " + t + " WHERE k > 2");
    assertThat(all()).containsExactly("1|a", "2|B", "3|cc", "4|DD");
    run(session, "INSERT INTO " + t + " VALUES (5, 'x'), (5, 'y'), (5, 'z')");
    assertThat(rows(session, "SELECT v FROM " + t + " WHERE k = 5")).containsExactly("z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void anOldRowStaysIfTheTableSaysSo(String engine) throws SQLException {
    create("'orochi.dedup' = 'first'");
    run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    assertThat(run(session, "INSERT INTO " + t + " VALUES (1, 'a'), (2, 'b'), (2, 'c')"))
        .isEqualTo(2);
    assertThat(run(session, "INSERT INTO " + t + " VALUES (2, 'B'), (4, 'D')")).isEqualTo(1);
    assertThat(run(session, "INSERT INTO " + t + " VALUES (1, 'A')")).isZero();
    assertThat(all()).containsExactly("1|a", "2|b", "4|D");
  }

  @Test
  void changesOfKeysMeetRowsOfTheTable() throws SQLException {
    create("");
    run(session, "INSERT INTO " + t + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    assertThat(run(session, "UPDATE " + t + " SET k = k + 1 WHERE k < 3")).isEqualTo(2);
    assertThat(all()).containsExactly("2|a", "3|b");
    run(
        session,
        "MERGE INTO "
            + t
            + " USING (VALUES (2, 'new'), (3, 'x')) AS s(k, v) ON "
            + t
            + ".v = s.v WHEN NOT MATCHED THEN INSERT (k, v) VALUES (s.k, s.v)");
    assertThat(all()).containsExactly("2|new", "3|x");
    run(session, "INSERT OVERWRITE " + t + " VALUES (7, 'a'), (7, 'b')");
    assertThat(all()).containsExactly("7|b");
  }

  @Test
  void anUpdateToAKeyThatStaysIsRefused() throws SQLException {
    create("'orochi.dedup' = 'ignore'");
    run(session, "INSERT INTO " + t + " VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    assertThatThrownBy(() -> run(session, "UPDATE " + t + " SET k = 3 WHERE k = 1"))
        .hasMessageContaining("OROCHI-3111")
        .hasMessageContaining("two rows would have one key");
    assertThatThrownBy(() -> run(session, "UPDATE " + t + " SET k = 9 WHERE k < 3"))
        .hasMessageContaining("OROCHI-3111");
    assertThat(run(session, "UPDATE " + t + " SET k = k + 1")).isEqualTo(3);
    assertThat(all()).containsExactly("2|a", "3|b", "4|c");
  }

  @Test
  void aTransactionMeetsItsOwnRows() throws SQLException {
    create("");
    run(session, "INSERT INTO " + t + " VALUES (1, 'a'), (2, 'b')");
    run(session, "BEGIN");
    run(session, "INSERT INTO " + t + " VALUES (3, 'c'), (1, 'A')");
    run(session, "INSERT INTO " + t + " VALUES (3, 'C'), (2, 'B')");
    assertThat(all()).containsExactly("1|A", "2|B", "3|C");
    run(session, "COMMIT");
    assertThat(all()).containsExactly("1|A", "2|B", "3|C");
  }

  @Test
  void twoTransactionsCannotBothInsertAKey() throws SQLException {
    create("");
    try (Connection other = server.connect()) {
      run(session, "BEGIN");
      run(other, "BEGIN");
      run(session, "INSERT INTO " + t + " VALUES (1, 'a')");
      run(other, "INSERT INTO " + t + " VALUES (1, 'b')");
      run(session, "COMMIT");
      assertThatThrownBy(() -> run(other, "COMMIT")).hasMessageContaining("OROCHI-3201");
    }
    assertThat(all()).containsExactly("1|a");
  }

  @Test
  void aTableThatIsCreatedFromAQueryHasOneRowOfEachKey() throws SQLException {
    run(
        session,
        "CREATE TABLE "
            + t
            + " (PRIMARY KEY (k) NOT ENFORCED) WITH ('orochi.dedup' = 'first') AS SELECT * FROM"
            + " (VALUES (1, 'a'), (1, 'b'), (2, 'c')) AS s(k, v)");
    assertThat(rows(session, "SELECT k, COUNT(*) FROM " + t + " GROUP BY k ORDER BY k"))
        .containsExactly("1|1", "2|1");
  }

  @Test
  void sessionsThatUpsertTheSameKeysLeaveOneRowOfEach() throws Exception {
    create("");
    int writers = 6;
    int rounds = 8;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int writer = w;
        all.add(
            pool.submit(
                () -> {
                  try (Connection own = server.connect()) {
                    for (int i = 0; i < rounds; i++) {
                      run(
                          own,
                          "INSERT INTO %s VALUES (1, 'w%d'), (2, 'w%d'), (%d, 'own')"
                              .formatted(t, writer, writer, 100 + writer * 100 + i));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(rows(session, "SELECT COUNT(*), COUNT(DISTINCT k) FROM " + t))
        .containsExactly((writers * rounds + 2) + "|" + (writers * rounds + 2));
  }
}
