package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * INSERT … VALUES without a plan against the same with one: a session with a temporary view plans
 * everything, because names may mean something else there. {@code -Dorochi.dml.seed} and {@code
 * -Dorochi.dml.steps} choose other rows.
 */
class PlainInsertsITCase {
  private static final long SEED = Long.getLong("orochi.dml.seed", 20240101);
  private static final int STEPS = Integer.getInteger("orochi.dml.steps", 60);
  private static final String COLUMNS =
      " (k BIGINT, i INT, d DECIMAL(10, 2), f FLOAT, g DOUBLE, s STRING, b BOOLEAN, day_ DATE,"
          + " ts TIMESTAMP(6), n INT NOT NULL) WITH ('orochi.check.positive' = 'i > -100')";

  @TempDir static Path folder;
  private static TestingServer server;

  private Connection plain;
  private Connection planned;

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
    plain = server.connect();
    planned = server.connect();
    run(planned, "CREATE TEMPORARY VIEW own AS SELECT 1 AS x");
    for (String table : List.of("way_1", "way_2")) {
      run(plain, "DROP TABLE IF EXISTS " + table);
      run(plain, "CREATE TABLE " + table + COLUMNS);
    }
  }

  @AfterEach
  void disconnect() throws SQLException {
    plain.close();
    planned.close();
  }

  @Test
  void randomRowsAreTheSameEitherWay() throws SQLException {
    RandomRows random = new RandomRows(new Random(SEED));
    int accepted = 0;
    for (int step = 1; step <= STEPS; step++) {
      String values = random.statement();
      String told = "seed " + SEED + ", step " + step + ": " + values;
      String outcome = outcome(plain, "way_1", values);
      assertThat(outcome).as(told).isEqualTo(outcome(planned, "way_2", values));
      accepted += outcome.startsWith("rows") ? 1 : 0;
    }
    assertThat(contents("way_1")).isEqualTo(contents("way_2"));
    assertThat(accepted).isBetween(STEPS / 4, STEPS - STEPS / 10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(n) VALUES (NULL)",
        "(i) VALUES (1)",
        "(n) VALUES (1, 2)",
        "(n, i) VALUES (1)",
        "(n, i) VALUES (1, 2), (3)",
        "VALUES (1)",
        "(n, n) VALUES (1, 2)",
        "(N) VALUES (1)",
        "(`n`) VALUES (1)",
        "(nothing) VALUES (1)",
        "(n, i) VALUES (1, -100)",
        "(n, i) VALUES (1, 2147483648)",
        "(n, i) VALUES (1, '1')",
        "(n, s) VALUES (1, 1)",
        "(n, d) VALUES (1, 123456789)",
        "(n, d) VALUES (1, 1.999)",
        "(n, i) VALUES (1, 1.9)",
        "(n, i) VALUES (1, 1E0)",
        "(n, b) VALUES (1, UNKNOWN)",
        "(n, day_) VALUES (1, DATE '2024-02-30')",
        "(n, ts) VALUES (1, TIMESTAMP '2024-02-29 00:00:00.1234567')",
        "(n, ts) VALUES (1, DATE '2024-02-29')",
        "(n, s) VALUES (1, U&'\\00e9'), (2, 'a'), (3, 'ab ')",
        "(n, g) VALUES (1, 0.12345678901234567890)",
        "(n, k) VALUES (1, 9223372036854775808)",
        "(n, i) VALUES (1, 2 + 3), (2, ABS(-4))",
        "(n, i) VALUES (1, CAST(NULL AS INT)), (2, NULL)",
        "(n, i) VALUES (1, NULL), (2, NULL)",
      })
  void specialCasesAreTheSameEitherWay(String values) throws SQLException {
    assertThat(outcome(plain, "way_1", values)).isEqualTo(outcome(planned, "way_2", values));
    assertThat(contents("way_1")).isEqualTo(contents("way_2"));
  }

  @Test
  void unknownTablesAndViewsFailTheSameEitherWay() throws SQLException {
    run(plain, "CREATE VIEW IF NOT EXISTS seen AS SELECT n FROM way_1");
    for (String insert :
        List.of(
            "INSERT INTO nothing VALUES (1)",
            "INSERT INTO seen VALUES (1)",
            "INSERT INTO nowhere.way_1 (n) VALUES (1)",
            "INSERT INTO other.nowhere.way_1 (n) VALUES (1)",
            "INSERT INTO `way_1$files` VALUES (1)")) {
      assertThat(failure(plain, insert)).as(insert).isEqualTo(failure(planned, insert));
    }
  }

  @Test
  void boundValuesAreTheSameEitherWay() throws SQLException {
    RandomRows random = new RandomRows(new Random(SEED));
    String insert =
        "INSERT INTO %s (k, i, d, f, g, s, b, day_, ts, n) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement left = plain.prepareStatement(insert.formatted("way_1"));
        PreparedStatement right = planned.prepareStatement(insert.formatted("way_2"))) {
      for (int step = 1; step <= STEPS / 10; step++) {
        List<Object> values = random.bound();
        String told = "seed " + SEED + ", step " + step + ": " + values;
        assertThat(outcome(left, "way_1", values))
            .as(told)
            .isEqualTo(outcome(right, "way_2", values));
      }
    }
    assertThat(contents("way_1")).isEqualTo(contents("way_2"));
  }

  @Test
  void boundNumbersAndTimesAreKeptToTheLastBit() throws SQLException {
    try (PreparedStatement insert =
        plain.prepareStatement("INSERT INTO way_1 (f, g, ts, n) VALUES (?, ?, ?, 1)")) {
      insert.setFloat(1, 0.25516194f);
      insert.setDouble(2, -0.0);
      insert.setTimestamp(3, Timestamp.valueOf("2024-02-29 23:59:59.123"));
      insert.executeUpdate();
    }
    try (Statement statement = plain.createStatement();
        ResultSet row = statement.executeQuery("SELECT f, g, ts FROM way_1")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getFloat(1)).isEqualTo(0.25516194f);
      assertThat(row.getDouble(2)).isEqualTo(-0.0);
      assertThat(row.getTimestamp(3)).isEqualTo(Timestamp.valueOf("2024-02-29 23:59:59.123"));
    }
  }

  @Test
  void aBatchIsOneCommitAndAllOrNothing() throws SQLException {
    try (PreparedStatement insert =
        plain.prepareStatement("INSERT INTO way_1 (n, i) VALUES (?, ?)")) {
      for (int i = 0; i < 50; i++) {
        insert.setInt(1, i);
        insert.setInt(2, i);
        insert.addBatch();
      }
      insert.executeBatch();
      assertThat(server.table("way_1").snapshots()).hasSize(1);
      insert.setInt(1, 1);
      insert.setInt(2, 1);
      insert.addBatch();
      insert.setInt(1, 2);
      insert.setInt(2, -100);
      insert.addBatch();
      assertThatThrownBy(insert::executeBatch).hasMessageContaining("CHECK \"positive\"");
    }
    assertThat(rows(plain, "SELECT COUNT(*), SUM(i) FROM way_1")).containsExactly("50|1225");
    assertThat(server.table("way_1").snapshots()).hasSize(1);
  }

  private static String outcome(Connection session, String table, String values) {
    String insert = "INSERT INTO " + table + " " + values;
    try {
      return "rows " + run(session, insert);
    } catch (SQLException failure) {
      return told(failure, table);
    }
  }

  private static String outcome(PreparedStatement insert, String table, List<Object> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      insert.setObject(i + 1, values.get(i));
    }
    try {
      return "rows " + insert.executeLargeUpdate();
    } catch (SQLException failure) {
      return told(failure, table);
    }
  }

  private static String failure(Connection session, String sql) {
    try {
      run(session, sql);
      return "none";
    } catch (SQLException failure) {
      return failure.getMessage();
    }
  }

  private static String told(SQLException failure, String table) {
    return failure.getMessage().replaceAll("\\b" + table + "\\b", "t");
  }

  private List<String> contents(String table) throws SQLException {
    return rows(plain, "SELECT * FROM " + table).stream().sorted().toList();
  }

  /** Values that mostly fit their columns. */
  private static final class RandomRows {
    private final Random random;

    RandomRows(Random random) {
      this.random = random;
    }

    String statement() {
      List<String> rows = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      for (int row = 0; row < count; row++) {
        rows.add("(" + String.join(", ", row()) + ")");
      }
      return "VALUES " + String.join(", ", rows);
    }

    private List<String> row() {
      return List.of(
          orNull(one(whole(1L << 40), "-9223372036854775807", "9223372036854775807")),
          orNull(one(whole(1_000), "-99", "2147483647", odd("-100", "2147483648", "1.5"))),
          orNull(one(decimal(2), decimal(1), whole(1_000), odd("0.125", "99999999999"))),
          orNull(one(whole(1_000), odd("1E2", "0.5"))),
          orNull(one(decimal(7), whole(1_000), odd("1E-300", "0.1234567890123456789"))),
          orNull(one("''", "'a'", "'it''s é '", "'𝄞'", "' '", odd("'a' || 'b'", "5"))),
          orNull(one("TRUE", "FALSE", odd("1 = 1", "'yes'"))),
          orNull(one("DATE '2024-02-29'", "DATE '0001-01-01'", "DATE '9999-12-31'")),
          orNull(
              one(
                  "TIMESTAMP '2024-02-29 23:59:59.123456'",
                  "TIMESTAMP '1969-12-31 23:59:59.9'",
                  odd("TIMESTAMP '2024-01-01 00:00:00.1234567'", "DATE '2024-01-01'"))),
          random.nextInt(40) == 0 ? "NULL" : whole(10));
    }

    List<Object> bound() {
      Object[] values = {
        random.nextLong(),
        random.nextInt(300) - 110,
        new BigDecimal(decimal(2)),
        random.nextInt(1_000) / 8f,
        one(random.nextInt(1_000) / 8d, 0.1, Double.MAX_VALUE),
        one("", "it's 'é'", "𝄞", "?"),
        random.nextBoolean(),
        Date.valueOf("2024-02-29"),
        Timestamp.valueOf("2024-02-29 23:59:59.123"),
        random.nextInt(),
      };
      int missing = random.nextInt(20);
      if (missing < values.length) {
        values[missing] = null;
      }
      return Stream.of(values).collect(ArrayList::new, List::add, List::addAll);
    }

    @SafeVarargs
    private <T> T one(T... choices) {
      return choices[random.nextInt(choices.length)];
    }

    /** What a column may refuse or round, now and then. */
    private String odd(String... choices) {
      return random.nextInt(4) == 0 ? one(choices) : "NULL";
    }

    private String orNull(String value) {
      return random.nextInt(10) == 0 ? "NULL" : value;
    }

    private String whole(long bound) {
      return String.valueOf((long) ((random.nextDouble() - 0.05) * bound));
    }

    private String decimal(int scale) {
      return BigDecimal.valueOf(random.nextInt(200_000) - 100_000, scale).toPlainString();
    }
  }
}
