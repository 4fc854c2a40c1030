package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes with parameters, several at once, and what EXPLAIN says of a change. */
class BatchesITCase {
  private static final String MERGE =
      "MERGE INTO %s t USING (VALUES (?, ?, ?)) AS s (id, v, name) ON t.id = s.id"
          + " WHEN MATCHED THEN UPDATE SET v = s.v, name = s.name"
          + " WHEN NOT MATCHED THEN INSERT (id, v, name) VALUES (s.id, s.v, s.name)";

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
    t = "b" + ++tables;
    run(
        session,
        "CREATE TABLE "
            + t
            + " (id INT, v DOUBLE, name STRING) WITH ('format-version' = '3',"
            + " 'orochi.check.small' = 'v < 1000')");
    run(session, "INSERT INTO " + t + " VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 3, 'c')");
  }

  @AfterEach
  void disconnect() throws SQLException {
    session.close();
  }

  @Test
  void aBatchOfUpdatesIsOneCommit() throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement("UPDATE " + t + " SET v = ? WHERE id = ?")) {
      for (int id = 1; id <= 3; id++) {
        update.setDouble(1, id + 0.1);
        update.setInt(2, id);
        update.addBatch();
      }
      update.executeBatch();
    }
    assertThat(rows(session, "SELECT id, v FROM " + t + " ORDER BY id"))
        .containsExactly("1|1.1", "2|2.1", "3|3.1");
    assertThat(server.table(t).snapshots()).hasSize(2);
  }

  @Test
  void aBatchOfDeletesIsOneCommit() throws SQLException {
    try (PreparedStatement delete =
        session.prepareStatement("DELETE FROM " + t + " WHERE id = ?")) {
      for (int id : new int[] {1, 3, 9}) {
        delete.setInt(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
    }
    assertThat(rows(session, "SELECT id FROM " + t)).containsExactly("2");
    assertThat(server.table(t).snapshots()).hasSize(2);
  }

  @Test
  void aBatchThatFailsLeavesNothingAndTheSessionUsable() throws SQLException {
    try (PreparedStatement update =
        session.prepareStatement("UPDATE " + t + " SET v = ? WHERE id = ?")) {
      for (double v : new double[] {5, 1000}) {
        update.setDouble(1, v);
        update.setInt(2, 1);
        update.addBatch();
      }
      assertThatThrownBy(update::executeBatch).hasMessageContaining("CHECK \"small\"");
    }
    assertThat(rows(session, "SELECT v FROM " + t + " WHERE id = 1")).containsExactly("1.0");
    assertThat(run(session, "UPDATE " + t + " SET v = 7 WHERE id = 1")).isEqualTo(1);
    assertThat(server.table(t).snapshots()).hasSize(2);
  }

  @Test
  void aBatchInATransactionIsPartOfIt() throws SQLException {
    run(session, "BEGIN");
    try (PreparedStatement delete =
        session.prepareStatement("DELETE FROM " + t + " WHERE id = ?")) {
      for (int id : new int[] {1, 2}) {
        delete.setInt(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
    }
    assertThat(rows(session, "SELECT id FROM " + t)).containsExactly("3");
    run(session, "ROLLBACK");
    assertThat(rows(session, "SELECT COUNT(*) FROM " + t)).containsExactly("3");
  }

  /** What stands alone has the type of its column, and so has what is added to less. */
  @Test
  void parametersBesideComputedOnesHaveTheTypesOfTheirColumns() throws SQLException {
    try (PreparedStatement insert =
        session.prepareStatement("INSERT INTO " + t + " VALUES (?, ? + 1, UPPER(?))")) {
      insert.setInt(1, 30);
      insert.setDouble(2, 1.5);
      insert.setString(3, "y");
      assertThat(insert.executeLargeUpdate()).isEqualTo(1);
    }
    assertThat(rows(session, "SELECT * FROM " + t + " WHERE id = 30")).containsExactly("30|2.5|Y");
  }

  /** A null without a type is nothing to add to. */
  @Test
  void anInsertComputesWithItsParameters() throws SQLException {
    try (PreparedStatement insert =
        session.prepareStatement("INSERT INTO " + t + " VALUES (? + 1, ? * 2.5E0, UPPER(?))")) {
      insert.setInt(1, 10);
      insert.setDouble(2, 2);
      insert.setString(3, "it's");
      assertThat(insert.executeLargeUpdate()).isEqualTo(1);
      for (int id = 20; id < 22; id++) {
        insert.setInt(1, id);
        insert.setNull(2, Types.DOUBLE);
        insert.setString(3, "x");
        insert.addBatch();
      }
      insert.executeBatch();
    }
    assertThat(rows(session, "SELECT * FROM " + t + " WHERE id > 10 ORDER BY id"))
        .containsExactly("11|5.0|IT'S", "21|null|X", "22|null|X");
  }

  @Test
  void aMergeTakesParametersAndNullsOfTheColumnsTypes() throws SQLException {
    try (PreparedStatement merge = session.prepareStatement(MERGE.formatted(t))) {
      assertThat(merge.getParameterMetaData().getParameterType(1)).isEqualTo(Types.INTEGER);
      assertThat(merge.getParameterMetaData().getParameterType(2)).isEqualTo(Types.DOUBLE);
      merge.setInt(1, 2);
      merge.setNull(2, Types.DOUBLE);
      merge.setString(3, "it's");
      assertThat(merge.executeLargeUpdate()).isEqualTo(1);
      for (int id = 3; id < 6; id++) {
        merge.setInt(1, id);
        merge.setDouble(2, 0.1);
        merge.setString(3, null);
        merge.addBatch();
      }
      merge.executeBatch();
    }
    assertThat(rows(session, "SELECT id, v, name FROM " + t + " ORDER BY id"))
        .containsExactly("1|1.0|a", "2|null|it's", "3|0.1|null", "4|0.1|null", "5|0.1|null");
    assertThat(server.table(t).snapshots()).hasSize(3);
  }

  @Test
  void explainTellsWhatAChangeWouldDoAndDoesNothing() throws SQLException {
    long before = server.table(t).currentSnapshot().snapshotId();
    assertThat(explained("DELETE FROM " + t + " WHERE id = 2"))
        .contains("kernel: it can express the change", "delete orochi.default." + t)
        .contains("files that may lose rows 1/1, of these dropped whole and not read 0")
        .contains("== Kernel SQL ==");
    assertThat(explained("DELETE FROM " + t)).contains("of these dropped whole and not read 1");
    assertThat(explained("DELETE FROM " + t + " WHERE id = 77")).contains("lose rows 0/1");
    assertThat(explained("UPDATE " + t + " SET v = v + 1 WHERE id > 1"))
        .contains("update orochi.default." + t, "files 1/1");
    assertThat(
            explained(
                "MERGE INTO "
                    + t
                    + " t USING (VALUES (1, 5)) AS s (k, w) ON t.id = s.k"
                    + " WHEN MATCHED THEN UPDATE SET v = s.w"))
        .contains("merge orochi.default." + t);
    assertThat(explained("INSERT INTO " + t + " SELECT id, v, name FROM " + t))
        .contains("append to orochi.default." + t + ": new files only");
    assertThat(explained("INSERT INTO " + t + " VALUES (9, 9, 'x'), (8, 8, 'y')"))
        .contains("none: the statement holds the rows themselves", "rows 2");
    assertThat(rows(session, "SELECT COUNT(*), SUM(v) FROM " + t)).containsExactly("3|6.0");
    assertThat(server.table(t).currentSnapshot().snapshotId()).isEqualTo(before);
  }

  @Test
  void explainOfABadChangeFailsLikeTheChange() {
    assertThatThrownBy(() -> explained("DELETE FROM " + t + " WHERE nothing = 2"))
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> explained("ANALYZE DELETE FROM " + t + " WHERE nothing = 2"))
        .hasMessageContaining("nothing");
  }

  private String explained(String change) throws SQLException {
    return rows(session, "EXPLAIN " + change).get(0);
  }
}
