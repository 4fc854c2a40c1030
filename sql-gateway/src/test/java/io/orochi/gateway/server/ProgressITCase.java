package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.cli.sql.FlightSession;
import io.orochi.gateway.cli.sql.Progress;
import io.orochi.gateway.cli.sql.SessionProgress;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a running statement is, as other sessions and the shell see it. */
class ProgressITCase {
  private static final String DIGITS =
      "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS ";
  private static final String SLOW =
      "SELECT SUM(MOD(a.v * b.v, 7)) AS slow FROM numbers AS a, numbers AS b"
          + " WHERE MOD(a.v * b.v, 11) = 3";

  @TempDir static Path folder;
  private static OrochiServer server;
  private static Connection connection;

  @BeforeAll
  static void start() throws SQLException {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
    connection = TestingFlight.connect(server);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE numbers (v BIGINT)");
      statement.execute(
          "INSERT INTO numbers SELECT CAST(a.v + 10 * b.v + 100 * c.v + 1000 * d.v + 10000 * e.v"
              + " AS BIGINT) FROM "
              + digits("a", "b", "c", "d", "e")
              + " WHERE e.v < 6");
    }
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    server.close();
  }

  @Test
  void aKernelQueryMovesBetweenNothingAndAll() throws Exception {
    CompletableFuture<Void> query = CompletableFuture.runAsync(() -> execute("kernel", SLOW));
    ConcurrentLinkedQueue<Double> seen = new ConcurrentLinkedQueue<>();
    try (SessionProgress shell =
        new SessionProgress(() -> FlightSession.open(server.addresses()))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                Progress progress = shell.of(SLOW);
                if (progress.fraction() >= 0) {
                  seen.add(progress.fraction());
                }
                return query.isDone();
              });
      assertThat(shell.of(SLOW).fraction()).isNegative();
    }
    query.get();
    assertThat(seen).allSatisfy(fraction -> assertThat(fraction).isBetween(0.0, 1.0));
    assertThat(List.copyOf(seen)).isSorted();
    assertThat(seen.stream().distinct()).hasSizeGreaterThan(2);
  }

  @Test
  void aFlinkJobTellsTheFinishedPartOfItsTasks() throws Exception {
    CompletableFuture<Void> query =
        CompletableFuture.runAsync(() -> execute("flink", SLOW + " AND a.v < 3000"));
    String find =
        "SELECT progress FROM info.active_queries WHERE engine = 'flink' AND progress > 0";
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> query.isDone() || number(find) > 0);
    assertThat(query).isNotDone();
    assertThat(number(find)).isLessThan(1);
    assertThat(query).succeedsWithin(Duration.ofMinutes(2));
  }

  private static void execute(String engine, String sql) {
    try (Connection own = TestingFlight.connect(server);
        Statement statement = own.createStatement()) {
      statement.execute("SET 'orochi.execution.engine' = '" + engine + "'");
      statement.executeQuery(sql).next();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Negative if there is no row. */
  private static double number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getDouble(1) : -1;
    }
  }

  private static String digits(String... aliases) {
    return String.join(", ", Arrays.stream(aliases).map(alias -> DIGITS + alias + "(v)").toList());
  }
}
