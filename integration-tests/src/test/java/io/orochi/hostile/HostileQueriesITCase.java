package io.orochi.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Statements made to take a server down end with the right answer or with a coded error that says
 * what to do, and the server answers the next one. The kernel has 256 MB and may spill as much.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileQueriesITCase {
  private static final Pattern CODE = Pattern.compile("OROCHI-(\\d{4})");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  /** Arrow, Flink's network and managed memory, threads, code: everything but heap and kernel. */
  private static final long OTHER_KB = 1_500L << 10;

  private static final long KERNEL_KB = 256L << 10;

  @TempDir private static Path folder;
  private OrochiCluster cluster;

  @BeforeAll
  void start() throws SQLException {
    cluster =
        OrochiCluster.start(
            folder,
            Map.of(
                "kernel.memory", "256 mb", "kernel.temp-limit", "256 mb", "kernel.threads", "2"));
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE hostile");
      Sql.run(session, "USE hostile");
      Sql.run(session, "CREATE TABLE t (v BIGINT)");
      String digits =
          IntStream.range(0, 100)
              .mapToObj(i -> "(CAST(" + i + " AS BIGINT))")
              .collect(Collectors.joining(", ", "(VALUES ", ")"));
      Sql.run(
          session,
          "INSERT INTO t SELECT a.v * 100 + b.v FROM %s AS a(v), %s AS b(v)"
              .formatted(digits, digits));
    }
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  static List<HostileQuery> queries() {
    return HostileQueries.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void itEndsWithItsAnswerOrACodedErrorWithAHint(HostileQuery query) throws SQLException {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "USE hostile");
      Sql.run(session, "SET 'orochi.statement-timeout' = '10 s'");
      try {
        assertThat(first(session, query.sql())).isIn(query.answer());
      } catch (SQLException failure) {
        String told = told(failure, query.sql());
        assertThat(codesOf(told)).as(told).isNotEmpty();
        assertThat(query.codes()).as(told).contains(codesOf(told).get(0));
        assertThat(told).contains("HINT: ").hasSizeLessThan(4_000);
      }
    }
  }

  @AfterEach
  void theServerStillAnswersWithinItsMemory() throws SQLException, IOException {
    try (Connection session = cluster.flight()) {
      assertThat(Sql.rows(session, "SELECT 1")).containsExactly("1");
      assertThat(Sql.rows(session, "SELECT COUNT(*) FROM hostile.t")).containsExactly("10000");
    }
    Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/self/status")));
    assertThat(resident.find()).isTrue();
    long heapKb = Runtime.getRuntime().maxMemory() >> 10;
    assertThat(Long.parseLong(resident.group(1))).isLessThan(heapKb + KERNEL_KB + OTHER_KB);
  }

  private static String first(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? String.valueOf(result.getObject(1)) : "no row";
    }
  }

  /** The driver puts the statement before the message. */
  private static String told(SQLException failure, String sql) {
    return Sql.messages(failure).replace(sql, "…");
  }

  private static List<Integer> codesOf(String message) {
    return CODE.matcher(message).results().map(code -> Integer.valueOf(code.group(1))).toList();
  }
}
