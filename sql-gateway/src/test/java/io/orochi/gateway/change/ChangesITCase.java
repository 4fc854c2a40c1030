package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.fault.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** INSERT, UPDATE, DELETE and MERGE without a Flink job. */
class ChangesITCase {
  private static final String TABLE =
      " (ts TIMESTAMP(6) NOT NULL, host STRING NOT NULL, v DOUBLE, n INT)"
          + " DISTRIBUTED BY HASH(host) INTO 2 BUCKETS WITH ('orochi.hypertable' = 'ts')";

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
    t = "t" + ++tables;
    run(session, "CREATE TABLE " + t + TABLE);
    run(session, "SET 'orochi.execution.engine' = 'kernel'");
  }

  @AfterEach
  void disconnect() throws SQLException {
    session.close();
  }

  @Test
  void insertedRowsAreCountedConvertedAndOneCommit() throws SQLException {
    assertThat(run(session, insert("('2024-01-01 00:00:00', 'a', 1, 2)"))).isEqualTo(1);
    assertThat(
            run(
                session,
                insert(
                    "('2024-01-02 00:00:00', 'b', 1.25, CAST(NULL AS INT)),"
                        + " ('2024-01-03 00:00:00.5', 'c', CAST(NULL AS DOUBLE), 7)")))
        .isEqualTo(2);
    assertThat(rows(session, "SELECT * FROM " + t + " ORDER BY ts"))
        .containsExactly(
            "2024-01-01 00:00:00.0|a|1.0|2",
            "2024-01-02 00:00:00.0|b|1.25|null",
            "2024-01-03 00:00:00.5|c|null|7");
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void anInsertOfSomeColumnsFillsTheOthersWithNull() throws SQLException {
    run(session, "INSERT INTO " + t + " (host, ts) VALUES ('a', TIMESTAMP '2024-01-01 00:00:00')");
    assertThat(rows(session, "SELECT host, v, n FROM " + t)).containsExactly("a|null|null");
  }

  @Test
  void anInsertOfAQueryWritesItsRows() throws SQLException {
    fill();
    String insert = "INSERT INTO " + t + " SELECT ts, host, v + 1, n FROM " + t + " WHERE n > 1";
    assertThat(run(session, insert)).isEqualTo(2);
    assertThat(rows(session, "SELECT COUNT(*), SUM(v) FROM " + t)).containsExactly("5|13.0");
  }

  @Test
  void nullInARequiredColumnIsRefusedAndNothingIsWritten() throws SQLException {
    assertThatThrownBy(
            () ->
                run(
                    session,
                    insert(
                        "('2024-01-01 00:00:00', 'a', 1, 2), ('2024-01-01 00:00:00', CAST(NULL AS"
                            + " STRING), 1, 2)")))
        .hasMessageContaining("Cannot write NULL into column \"host\"");
    assertThat(snapshots()).isZero();
  }

  @Test
  void anOverwriteReplacesThePartitionsItHasRowsFor() throws SQLException {
    fill();
    run(
        session,
        "INSERT OVERWRITE " + t + " VALUES (TIMESTAMP '2024-01-01 05:00:00', 'a', 9.0, 9)");
    assertThat(rows(session, "SELECT host, n FROM " + t + " ORDER BY ts"))
        .containsExactlyInAnyOrder("a|9", "b|2", "a|3");
  }

  @Test
  void deletedRowsAreCountedAndGone() throws SQLException {
    fill();
    assertThat(run(session, "DELETE FROM " + t + " WHERE n = 2 OR v IS NULL")).isEqualTo(1);
    assertThat(rows(session, "SELECT n FROM " + t + " ORDER BY n")).containsExactly("1", "3");
    assertThat(run(session, "DELETE FROM " + t + " WHERE n = 2")).isZero();
    assertThat(run(session, "DELETE FROM " + t)).isEqualTo(2);
    assertThat(rows(session, "SELECT COUNT(*) FROM " + t)).containsExactly("0");
  }

  @Test
  void rowsOfOneFileAreDeletedOneStatementAfterTheOther() throws SQLException {
    run(
        session,
        "INSERT INTO "
            + t
            + " SELECT TIMESTAMP '2024-01-01 00:00:00', 'a', CAST(x AS DOUBLE), x"
            + " FROM (VALUES (1), (2), (3), (4), (5), (6)) AS s(x)");
    for (int n = 1; n <= 6; n++) {
      assertThat(run(session, "DELETE FROM " + t + " WHERE n = " + n)).isEqualTo(1);
      assertThat(rows(session, "SELECT COUNT(*) FROM " + t)).containsExactly("" + (6 - n));
    }
    Table table = server.table(t);
    assertThat(table.currentSnapshot().summary())
        .containsEntry("total-data-files", "0")
        .containsEntry("total-delete-files", "0");
  }

  @Test
  void filesThatLoseAllRowsAreNotRead() throws SQLException {
    fill();
    run(
        session,
        insert(
            "('2024-01-03 00:00:00', 'a', CAST(NULL AS DOUBLE), 4),"
                + " ('2024-01-03 01:00:00', 'a', 7, 7)"));
    run(session, "SET 'orochi.execution.engine' = 'auto'");
    run(
        session,
        insert(
            "('2024-01-05 01:00:00', 'a', CAST('NaN' AS DOUBLE), 5),"
                + " ('2024-01-05 02:00:00', 'a', 5, 6)"));
    run(session, "SET 'orochi.execution.engine' = 'kernel'");
    try (Fault.Armed armed =
        Fault.arm(
            "change.before-read",
            () -> {
              throw new IllegalStateException("read");
            })) {
      String day = "DELETE FROM " + t + " WHERE ts >= TIMESTAMP '2024-01-01 00:00:00' AND ts < ";
      assertThat(run(session, day + "TIMESTAMP '2024-01-02 00:00:00'")).isEqualTo(2);
      for (String condition :
          new String[] {
            "ts < TIMESTAMP '2024-01-03 00:30:00'", "v < 100", "n <> 77", "v IS NULL"
          }) {
        assertThatThrownBy(() -> run(session, "DELETE FROM " + t + " WHERE " + condition))
            .as(condition)
            .hasStackTraceContaining("read");
      }
    }
    assertThat(server.table(t).currentSnapshot().summary()).doesNotContainKey("added-delete-files");
    assertThat(rows(session, "SELECT n FROM " + t + " ORDER BY n"))
        .containsExactly("3", "4", "5", "6", "7");
    assertThat(run(session, "DELETE FROM " + t + " WHERE v < 100")).isEqualTo(3);
    assertThat(rows(session, "SELECT n FROM " + t + " ORDER BY n")).containsExactly("4", "5");
    assertThat(run(session, "DELETE FROM " + t + " WHERE v IS NULL OR n >= 5")).isEqualTo(2);
    assertThat(server.table(t).currentSnapshot().summary()).containsEntry("total-data-files", "0");
  }

  @Test
  void rowsDeletedBeforeAreNotCountedAgainWhenTheirFileGoes() throws SQLException {
    run(session, insert("('2024-01-01 00:00:00', 'a', 1, 1), ('2024-01-01 00:01:00', 'a', 2, 2)"));
    assertThat(run(session, "DELETE FROM " + t + " WHERE n = 1")).isEqualTo(1);
    assertThat(run(session, "DELETE FROM " + t)).isEqualTo(1);
    assertThat(rows(session, "SELECT COUNT(*) FROM " + t)).containsExactly("0");
  }

  @Test
  void aDeleteMayLookAtOtherTables() throws SQLException {
    fill();
    assertThat(
            run(
                session,
                "DELETE FROM " + t + " WHERE n IN (SELECT x FROM (VALUES (1), (3), (9)) AS s(x))"))
        .isEqualTo(2);
    assertThat(rows(session, "SELECT n FROM " + t)).containsExactly("2");
    assertThat(run(session, "DELETE FROM " + t + " WHERE v < (SELECT MAX(v) + 1 FROM " + t + ")"))
        .isEqualTo(1);
  }

  @Test
  void updatedRowsAreCountedAndReplaced() throws SQLException {
    fill();
    assertThat(run(session, "UPDATE " + t + " SET v = v * 10, n = n + 1 WHERE host = 'a'"))
        .isEqualTo(2);
    assertThat(rows(session, "SELECT host, v, n FROM " + t + " ORDER BY ts"))
        .containsExactly("a|10.0|2", "b|2.0|2", "a|30.0|4");
    assertThat(run(session, "UPDATE " + t + " SET ts = TIMESTAMP '2030-01-01 00:00:00'"))
        .isEqualTo(3);
    assertThat(
            rows(
                session,
                "SELECT COUNT(*) FROM " + t + " WHERE ts > TIMESTAMP '2029-01-01 00:00:00'"))
        .containsExactly("3");
    assertThat(run(session, "UPDATE " + t + " SET n = 1 WHERE FALSE")).isZero();
  }

  @Test
  void anUpdateToNullOfARequiredColumnIsRefused() throws SQLException {
    fill();
    assertThatThrownBy(
            () -> run(session, "UPDATE " + t + " SET host = CAST(NULL AS STRING) WHERE n = 1"))
        .hasMessageContaining("Cannot write NULL into column \"host\"");
    assertThat(rows(session, "SELECT COUNT(host) FROM " + t)).containsExactly("3");
  }

  @Test
  void noChangeBreaksACheck() throws SQLException {
    fill();
    run(session, "ALTER TABLE " + t + " SET ('orochi.check.low' = 'v < 10')");
    long before = snapshots();
    for (String change :
        new String[] {
          "UPDATE " + t + " SET v = v * 5 WHERE n > 1",
          "MERGE INTO "
              + t
              + " t USING (VALUES (1, 5.0), (2, 50.0)) AS s(n, w) ON t.n = s.n"
              + " WHEN MATCHED THEN UPDATE SET v = s.w",
          "INSERT OVERWRITE " + t + " VALUES (TIMESTAMP '2024-01-01 05:00:00', 'a', 11.0, 9)"
        }) {
      assertThatThrownBy(() -> run(session, change))
          .hasStackTraceContaining("OROCHI-3110")
          .hasStackTraceContaining("breaks CHECK \"low\"");
    }
    assertThat(rows(session, "SELECT SUM(v) FROM " + t)).containsExactly("6.0");
    assertThat(snapshots()).isEqualTo(before);
    assertThat(run(session, "UPDATE " + t + " SET v = v * 3")).isEqualTo(3);
  }

  @Test
  void aMergeUpdatesDeletesAndInserts() throws SQLException {
    fill();
    assertThat(
            run(
                session,
                "MERGE INTO "
                    + t
                    + " AS t USING (VALUES (1, 100), (2, 200), (7, 700), (8, 800)) AS s(n, w)"
                    + " ON t.n = s.n"
                    + " WHEN MATCHED AND s.w < 150 THEN UPDATE SET v = t.v + s.w, n = 10"
                    + " WHEN MATCHED THEN DELETE"
                    + " WHEN NOT MATCHED AND s.w > 750 THEN INSERT (n, host, ts)"
                    + " VALUES (s.n, 'new', TIMESTAMP '2024-03-01 00:00:00')"
                    + " WHEN NOT MATCHED THEN DO NOTHING"))
        .isEqualTo(3);
    assertThat(rows(session, "SELECT host, v, n FROM " + t + " ORDER BY n"))
        .containsExactly("a|3.0|3", "new|null|8", "a|101.0|10");
    assertThat(snapshots()).isEqualTo(2);
  }

  @Test
  void aMergeReachesRowsWithoutSource() throws SQLException {
    fill();
    assertThat(
            run(
                session,
                "MERGE INTO "
                    + t
                    + " USING (SELECT 2 AS n) s ON "
                    + t
                    + ".n = s.n WHEN MATCHED THEN UPDATE SET v = -1"
                    + " WHEN NOT MATCHED BY SOURCE AND "
                    + t
                    + ".host = 'a' THEN UPDATE SET v = NULL"))
        .isEqualTo(3);
    assertThat(rows(session, "SELECT n, v FROM " + t + " ORDER BY n"))
        .containsExactly("1|null", "2|-1.0", "3|null");
  }

  @Test
  void aMergeThatWouldChangeARowTwiceIsRefused() throws SQLException {
    fill();
    assertThatThrownBy(
            () ->
                run(
                    session,
                    "MERGE INTO "
                        + t
                        + " t USING (VALUES (1, 1), (1, 2)) AS s(n, w) ON t.n = s.n"
                        + " WHEN MATCHED THEN UPDATE SET v = s.w"))
        .hasStackTraceContaining("OROCHI-7040")
        .hasStackTraceContaining("Several source rows match one row");
    assertThat(rows(session, "SELECT SUM(v) FROM " + t)).containsExactly("6.0");
  }

  @Test
  void mistakesInAMergeAreNamedWhereTheyAre() {
    assertThatThrownBy(() -> run(session, "MERGE INTO " + t + " USING x ON TRUE"))
        .hasMessageContaining("expected WHEN");
    assertThatThrownBy(
            () ->
                run(
                    session,
                    "MERGE INTO "
                        + t
                        + " t USING (VALUES (1)) AS s(n) ON t.n = s.n"
                        + " WHEN MATCHED THEN UPDATE SET hots = 'x'"))
        .hasStackTraceContaining("the table has no column \"hots\"")
        .hasStackTraceContaining("Did you mean host?");
    assertThatThrownBy(
            () ->
                run(
                    session,
                    "MERGE INTO "
                        + t
                        + " t USING (VALUES (1)) AS s(n) ON t.n = s.nn"
                        + " WHEN MATCHED THEN DELETE"))
        .hasStackTraceContaining("Column 'nn' not found in table 's'");
  }

  private void fill() throws SQLException {
    run(
        session,
        insert(
            "('2024-01-01 00:00:00', 'a', 1, 1), ('2024-01-01 01:00:00', 'b', 2, 2),"
                + " ('2024-01-02 00:00:00', 'a', 3, 3)"));
  }

  private String insert(String rows) {
    return "INSERT INTO " + t + " VALUES " + rows.replace("('2024", "(TIMESTAMP '2024");
  }

  private long snapshots() {
    return server.table(t).history().size();
  }
}
