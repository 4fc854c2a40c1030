package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What jobs of Flink that fail tell their users, through each door. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailedJobsITCase {
  private static final String ROWS =
      "(1, 0, 'x', TIMESTAMP '2024-01-01 00:00:00'),"
          + " (2, 5, '7', TIMESTAMP '2024-01-02 00:00:00')";

  private final OrochiCluster cluster;
  @TempDir private static Path folder;

  FailedJobsITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  void fill() throws SQLException {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE failed_jobs");
      Sql.run(session, "CREATE TABLE failed_jobs.v (k BIGINT, i INT, s STRING, ts TIMESTAMP(6))");
      Sql.run(session, "INSERT INTO failed_jobs.v VALUES " + ROWS);
      Sql.run(session, "CREATE TABLE failed_jobs.w (k BIGINT NOT NULL, i BIGINT)");
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            "SELECT k / i FROM v", "OROCHI-1404: Cannot compute a value: division by zero"),
        Arguments.of("SELECT MOD(k, i) FROM v", "OROCHI-1404: Cannot compute a value: division by"),
        Arguments.of(
            "SELECT a.k, a.k / a.i FROM v a JOIN v b ON a.k = b.k ORDER BY 1",
            "OROCHI-1404: Cannot compute a value: division by zero"),
        Arguments.of("SELECT CAST(s AS INT) FROM v", "OROCHI-1405: Cannot convert a value"),
        Arguments.of("SELECT CAST(s AS DATE) FROM v", "OROCHI-1405: Cannot convert a value"),
        Arguments.of("SELECT CAST(s AS TIMESTAMP) FROM v", "OROCHI-1405: Cannot convert a value"),
        Arguments.of("SELECT CAST(s AS BOOLEAN) FROM v", "OROCHI-1405: Cannot convert a value"),
        Arguments.of(
            "SELECT JSON_VALUE(s, 'strict $.a' ERROR ON ERROR) FROM v",
            "OROCHI-1405: Cannot convert a value"),
        Arguments.of(
            "SELECT k FROM v WHERE i = (SELECT i FROM v)",
            "OROCHI-1411: Cannot use a subquery of several rows as a value"),
        Arguments.of(
            "SELECT REPEAT(s, 2000000000) FROM v WHERE k + i = 7",
            "OROCHI-7016: Cannot run the statement: the server's Java heap is used up"),
        Arguments.of(
            "SELECT DATE_FORMAT(ts, CONCAT('QQQQQQQQ', s)) FROM v",
            "OROCHI-7008: The Flink job failed\nDETAIL: Too many pattern letters: Q"),
        Arguments.of("INSERT INTO w SELECT k, k / i FROM v", "OROCHI-1404: Cannot compute a value"),
        Arguments.of(
            "INSERT INTO w SELECT CAST(s AS INT), 1 FROM v", "OROCHI-1405: Cannot convert"),
        Arguments.of("INSERT INTO w SELECT NULLIF(k, 1), 1 FROM v", "OROCHI-3101: Cannot write"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void tellWhatAValueDidThroughEachDoor(String sql, String told) throws SQLException {
    for (Connection door : List.of(cluster.flight(), cluster.flinkJdbc())) {
      try (door) {
        assertThat(failureOf(door, sql)).contains(told).contains("HINT: ");
      }
    }
  }

  @Test
  void thoseWithACodeOnTheKernelHaveTheSameThere() throws SQLException {
    try (Connection session = cluster.flight()) {
      for (String sql :
          List.of("SELECT k / i FROM v", "SELECT k FROM v WHERE i = (SELECT i FROM v)")) {
        assertThat(failureOf(session, sql)).isEqualTo(failureOn("kernel", session, sql));
      }
    }
  }

  @Test
  void flinksSqlClientIsToldTheSame() throws Exception {
    String out =
        ForeignEngines.flinkSqlClientFailing(
            folder,
            cluster,
            "SET 'orochi.execution.engine' = 'flink';\nSELECT k / i FROM failed_jobs.v;\n");
    assertThat(out)
        .contains("OROCHI-1404: Cannot compute a value: division by zero")
        .doesNotContain("Cannot plan")
        .doesNotContain("\tat ");
  }

  @Test
  void aFileThatIsGoneIsNamed() throws Exception {
    try (Connection session = cluster.flight();
        Connection jdbc = cluster.flinkJdbc()) {
      Sql.run(session, "CREATE TABLE failed_jobs.gone (k BIGINT)");
      Sql.run(session, "INSERT INTO failed_jobs.gone VALUES (1), (2)");
      String file;
      try (CloseableIterable<FileScanTask> files =
          cluster.table("failed_jobs", "gone").newScan().planFiles()) {
        file = files.iterator().next().file().location();
      }
      Files.delete(Path.of(file.replaceFirst("^file:", "")));
      for (Connection door : List.of(session, jdbc)) {
        assertThat(failureOf(door, "SELECT SUM(k) FROM gone"))
            .contains("OROCHI-1202")
            .contains(file.substring(file.lastIndexOf('/') + 1));
      }
    }
  }

  private static String failureOf(Connection session, String sql) throws SQLException {
    return failureOn("flink", session, sql);
  }

  private static String failureOn(String engine, Connection session, String sql)
      throws SQLException {
    Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    Sql.run(session, "USE failed_jobs");
    Throwable failure =
        catchThrowable(
            () -> {
              if (sql.startsWith("SELECT")) {
                Sql.rows(session, sql);
              } else {
                Sql.run(session, sql);
              }
            });
    assertThat(failure).as(sql).isNotNull();
    assertThat(Sql.messages(failure))
        .contains("OROCHI-")
        .doesNotContain("OROCHI-7002")
        .doesNotContain("\tat ")
        .doesNotContain("Exception: ");
    return Sql.messages(failure);
  }
}
