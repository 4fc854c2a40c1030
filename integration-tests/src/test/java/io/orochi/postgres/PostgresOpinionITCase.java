package io.orochi.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.fuzz.Values;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's answers to random queries in the words that it and Flink share, over the same rows,
 * against the kernel's. What the two mean differently is left out of the queries and told in {@link
 * #theDialectsDiffer}. A failure prints what repeats it alone: {@code -Dorochi.postgres.seed=N
 * -Dorochi.postgres.only=N}; {@code -Dorochi.postgres.queries=N} asks more or less.
 */
class PostgresOpinionITCase {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresOpinionITCase.class);
  private static final long SEED = Long.getLong("orochi.postgres.seed", 20_240_229L);
  private static final int QUERIES = Integer.getInteger("orochi.postgres.queries", 1_200);
  private static final int ONLY = Integer.getInteger("orochi.postgres.only", -1);
  private static final int WORKERS = 2;
  private static final int MOST_FAILURES = 20;

  /** What the kernel does not run, and a FULL JOIN that PostgreSQL does not. */
  private static final String REFUSED =
      "(?s).*(OROCHI-(7005|1404|1405)|FULL JOIN is only supported).*";

  private static final List<Relation> TABLES = Tables.shapes();

  @TempDir private static Path folder;
  private static OrochiCluster cluster;
  private static EmbeddedPostgres postgres;

  private final Collection<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger same = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    cluster = OrochiCluster.start(folder, Map.of());
    postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    Random random = new Random(SEED);
    try (Connection ours = cluster.flight();
        Connection theirs = postgres.getPostgresDatabase().getConnection()) {
      for (Relation table : TABLES) {
        String insert = Tables.insert(table, random);
        for (Connection session : List.of(ours, theirs)) {
          Sql.run(session, Tables.create(table));
          Sql.run(session, insert);
        }
      }
    }
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
    cluster.close();
  }

  @Test
  void postgresAgrees() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WORKERS);
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        int first = worker;
        workers.add(pool.submit(() -> ask(first)));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } finally {
      pool.shutdownNow();
    }
    LOG.info("{} answers the same, {} queries refused, seed {}", same, refused, SEED);
    assertThat(failures).as("seed " + SEED).isEmpty();
    if (ONLY < 0) {
      assertThat(refused.get()).as("queries that one refused").isLessThan(QUERIES / 10);
    }
  }

  private Void ask(int first) throws SQLException {
    int[] numbers =
        ONLY >= 0
            ? new int[] {ONLY}
            : IntStream.range(0, QUERIES).filter(i -> i % WORKERS == first).toArray();
    try (Connection ours = kernel();
        Connection theirs = postgres.getPostgresDatabase().getConnection()) {
      for (int number : numbers) {
        if (failures.size() < MOST_FAILURES) {
          Random random = new Random(SEED * 1_000_003 + number);
          ask(number, new Relations(random, TABLES).any().sql(), ours, theirs);
        }
      }
    }
    return null;
  }

  private static Connection kernel() throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "SET 'orochi.execution.engine' = 'kernel'");
    return session;
  }

  private void ask(int number, String sql, Connection ours, Connection theirs) {
    String query = sql.indexOf(' ') < 0 ? "SELECT * FROM " + sql : sql;
    try {
      List<String> kernel = rows(ours, query);
      List<String> expected = rows(theirs, query);
      if (kernel.equals(expected)) {
        same.incrementAndGet();
      } else {
        List<String> missing = new ArrayList<>(expected);
        kernel.forEach(missing::remove);
        List<String> extra = new ArrayList<>(kernel);
        expected.forEach(extra::remove);
        fail(number, query, "missing " + few(missing) + ", not expected " + few(extra));
      }
    } catch (SQLException | RuntimeException failure) {
      String messages = Sql.messages(failure);
      if (messages.matches(REFUSED)) {
        refused.incrementAndGet();
        LOG.debug("Query {} refused: {}", number, messages);
      } else {
        fail(number, query, messages);
      }
    }
  }

  private void fail(int number, String query, String why) {
    failures.add(
        "-Dorochi.postgres.seed=%d -Dorochi.postgres.only=%d%n%s%n%s%n"
            .formatted(SEED, number, query, why));
  }

  private static List<String> few(List<String> rows) {
    return rows.subList(0, Math.min(4, rows.size()));
  }

  private static List<String> rows(Connection session, String query) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      int columns = result.getMetaData().getColumnCount();
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(Values.text(result.getObject(column)));
        }
        rows.add(row.stream().collect(Collectors.joining(" | ")));
      }
      return rows.stream().sorted().toList();
    }
  }

  /** The whole list of what random queries leave out because Flink's rules are others. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "AVG of whole numbers is one, cut off; SELECT AVG(n) FROM (VALUES (1), (2)) AS v(n); 1; 1.5",
        "a DECIMAL quotient has a scale of its own; SELECT CAST(1.00 AS DECIMAL(10, 2)) / 3; 0.3333333333333; 0.33333333333333333333",
        "GREATEST of a NULL is NULL; SELECT GREATEST(1, CAST(NULL AS INT)); NULL; 1",
        "a DATE plus days is a DATE; SELECT DATE '2024-02-28' + INTERVAL '1' DAY; 2024-02-29; 2024-02-29T00:00",
        "Sunday is day 1; SELECT EXTRACT(DOW FROM DATE '2024-03-03'); 1; 0",
        "seconds are whole; SELECT EXTRACT(SECOND FROM TIMESTAMP '2024-01-01 00:00:01.5'); 1; 1.5",
        "FIRST_VALUE skips NULL; SELECT FIRST_VALUE(n) OVER (ORDER BY k) FROM (VALUES (1, CAST(NULL AS INT)), (2, 7)) AS v(k, n); '7,NULL'; 'NULL,NULL'",
        "NULL comes first unless told; SELECT n FROM (VALUES (1), (CAST(NULL AS INT))) AS v(n) ORDER BY n FETCH FIRST 1 ROWS ONLY; NULL; 1",
        "a cast to a whole number cuts off; SELECT CAST(1.5 AS INT); 1; 2",
        "a DECIMAL that does not fit is NULL; SELECT CAST(12345.6 AS DECIMAL(5, 2)); NULL; OUT"
      })
  void theDialectsDiffer(String rule, String query, String ours, String theirs) throws Exception {
    try (Connection kernel = kernel();
        Connection other = postgres.getPostgresDatabase().getConnection()) {
      assertThat(String.join(",", rows(kernel, query))).as(rule).isEqualTo(ours);
      assertThat(orOut(other, query)).as(rule).isEqualTo(theirs);
    }
  }

  /** OUT for a value that is out of range. */
  private static String orOut(Connection session, String query) throws SQLException {
    try {
      return String.join(",", rows(session, query));
    } catch (SQLException failure) {
      if (failure.getSQLState().startsWith("22")) {
        return "OUT";
      }
      throw failure;
    }
  }
}
