package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rows of Flink's jobs arrive whole, however many they are and whenever the job ends. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlinkAnswersITCase {
  private static final int NUMBERS = 600;

  private final OrochiCluster cluster;

  FlinkAnswersITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  void fill() throws SQLException {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE flink_answers");
      Sql.run(session, "CREATE TABLE flink_answers.t (n INT, s STRING)");
      Sql.run(
          session,
          "INSERT INTO flink_answers.t VALUES "
              + IntStream.range(0, NUMBERS)
                  .mapToObj(n -> "(%d, 'a text of some length %d')".formatted(n, n))
                  .collect(Collectors.joining(", ")));
    }
  }

  @Test
  void manyRowsComeOnceEachInTheOrderOfTheJob() throws SQLException {
    try (Connection session = onFlink()) {
      Sql.run(session, "SET 'table.exec.resource.default-parallelism' = '1'");
      try (Statement statement = session.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT a.n * 1000 + b.n, b.s FROM t a CROSS JOIN t b ORDER BY 1")) {
        int next = 0;
        while (rows.next()) {
          int expected = next / NUMBERS * 1000 + next % NUMBERS;
          assertThat(rows.getInt(1)).isEqualTo(expected);
          assertThat(rows.getString(2)).endsWith(" " + next % NUMBERS);
          next++;
        }
        assertThat(next).isEqualTo(NUMBERS * NUMBERS);
      }
    }
  }

  @Test
  void fewRowsAndNoneComeToo() throws SQLException {
    try (Connection session = onFlink()) {
      for (int i = 0; i < 5; i++) {
        assertThat(Sql.rows(session, "SELECT SUM(n) FROM t WHERE n <= " + i))
            .containsExactly(String.valueOf(i * (i + 1) / 2));
        assertThat(Sql.rows(session, "SELECT n FROM t WHERE n < 0 AND s LIKE '%" + i + "'"))
            .isEmpty();
      }
    }
  }

  @Test
  void aReaderThatLeavesEarlyEndsTheJobAndNothingElse() throws SQLException {
    try (Connection session = onFlink()) {
      try (Statement statement = session.createStatement();
          ResultSet rows = statement.executeQuery("SELECT a.n, b.s FROM t a CROSS JOIN t b")) {
        assertThat(rows.next()).isTrue();
      }
      assertThat(Sql.rows(session, "SELECT COUNT(*) FROM t"))
          .containsExactly(String.valueOf(NUMBERS));
    }
  }

  private Connection onFlink() throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "SET 'orochi.execution.engine' = 'flink'");
    Sql.run(session, "USE flink_answers");
    return session;
  }
}
