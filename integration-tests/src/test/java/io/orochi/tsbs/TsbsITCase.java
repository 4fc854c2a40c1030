package io.orochi.tsbs;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import io.orochi.tpch.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TSBS's devops queries over three days and four shards, against answers computed in Java. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TsbsITCase {
  private static final long SEED = Long.getLong("orochi.tsbs.seed", 20_160_101L);
  private static final int ROUNDS = 4;
  private static final CpuRows ROWS =
      new CpuRows(20, Instant.parse("2016-01-01T00:00:00Z"), Duration.ofSeconds(90), 2_880, SEED);

  private BruteForce bruteForce;
  private Connection session;

  @BeforeAll
  void load(OrochiCluster cluster) throws Exception {
    bruteForce = new BruteForce(ROWS);
    session = cluster.flight();
    Sql.run(session, "CREATE DATABASE tsbs");
    Sql.run(session, CpuTable.createStatement("tsbs.cpu", 4));
    CpuTable.fill(cluster.table("tsbs", "cpu"), ROWS);
    Sql.run(session, "SET 'orochi.execution.engine' = 'kernel'");
  }

  @AfterAll
  void close() throws SQLException {
    session.close();
  }

  static Stream<TsbsQuery> queries() {
    TsbsQueries queries = new TsbsQueries(ROWS, new Random(SEED));
    return Stream.generate(queries::next).limit(ROUNDS).flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void theAnswerIsWhatLookingAtEveryRowGives(TsbsQuery query) throws SQLException {
    List<List<Object>> expected = bruteForce.answer(query);
    List<List<Object>> actual = rows(query.sql("tsbs.cpu"));
    assertThat(Rows.differences(inOrder(query, expected), inOrder(query, actual)))
        .as(query.sql("tsbs.cpu"))
        .isEmpty();
  }

  @Test
  void theFirstGroupsByTimeAreReadWithoutTheOthers() throws SQLException {
    String sql =
        "SELECT time_bucket(INTERVAL '1' MINUTE, ts) AS b, hostname, COUNT(*) AS n FROM tsbs.cpu"
            + " WHERE usage_user >= 0 GROUP BY time_bucket(INTERVAL '1' MINUTE, ts), hostname"
            + " HAVING COUNT(*) > 0 ORDER BY b %s, hostname LIMIT 30";
    for (String order : List.of("DESC", "ASC")) {
      assertThat(rows("EXPLAIN ANALYZE " + sql.formatted(order)).toString())
          .contains("rows 30")
          .contains("files 4/12");
      List<List<Object>> all = rows(sql.formatted(order).replace("LIMIT 30", ""));
      assertThat(rows(sql.formatted(order))).isEqualTo(all.subList(0, 30));
    }
  }

  @Test
  void lastRowsAreLookedForByTheirTimesAlone() throws SQLException {
    String sql =
        "SELECT ts, hostname, usage_idle FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY hostname"
            + " ORDER BY ts DESC) AS n FROM tsbs.cpu) WHERE n = 1";
    assertThat(rows("EXPLAIN ANALYZE " + sql).toString())
        .contains("SEMI JOIN (SELECT")
        .contains("rows 20");
  }

  private static List<List<Object>> inOrder(TsbsQuery query, List<List<Object>> rows) {
    boolean ordered =
        switch (query.shape()) {
          case HIGH, LAST_ROW -> false;
          case MAX_BY_MINUTE, MAX_BY_HOUR, MEAN_BY_HOUR_AND_HOST, LAST_FIVE_MINUTES -> true;
        };
    return ordered
        ? rows
        : rows.stream()
            .sorted(java.util.Comparator.comparing(row -> row.subList(0, 2).toString()))
            .toList();
  }

  private List<List<Object>> rows(String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return DuckDbReference.rows(result).stream()
          .map(row -> row.stream().map(TsbsITCase::plain).toList())
          .toList();
    }
  }

  private static Object plain(Object value) {
    return value instanceof Timestamp at ? at.toInstant() : value;
  }
}
