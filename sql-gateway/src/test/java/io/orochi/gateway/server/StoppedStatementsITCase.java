package io.orochi.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel, timeout and row limit end the engine's work, not only the client's waiting. */
class StoppedStatementsITCase {
  /** Ten thousand million rows: hours on either engine. */
  static final String ENDLESS =
      "SELECT SUM(a.v * b.v * c.v * d.v * e.v) FROM "
          + digits("a")
          + ", "
          + digits("b")
          + ", "
          + digits("c")
          + ", "
          + digits("d")
          + ", "
          + digits("e");

  @TempDir static Path folder;
  private static OrochiServer server;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(Ports.auto()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aTimeoutStopsTheKernel() {
    assertTimesOut("kernel");
  }

  @Test
  void aTimeoutStopsFlink() {
    assertTimesOut("flink");
  }

  @Test
  void aClosedConnectionStopsItsStatement() throws Exception {
    Connection connection = TestingFlight.connect(server);
    Statement statement = connection.createStatement();
    CompletableFuture<Void> query =
        CompletableFuture.runAsync(
            () -> {
              try {
                statement.executeQuery(ENDLESS).next();
              } catch (SQLException expected) {
                throw new IllegalStateException(expected);
              }
            });
    Awaitility.await().until(() -> server.runningStatements() == 1);
    statement.cancel();
    connection.close();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.runningStatements() == 0);
    assertThat(query).failsWithin(Duration.ofSeconds(20));
  }

  @Test
  void aResultBeyondTheLimitFails() throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("SET 'orochi.result-row-limit' = '2'");
      assertThatThrownBy(
              () ->
                  FlightDoorITCase.rows(statement, "SELECT v FROM (VALUES (1), (2), (3)) AS t(v)"))
          .hasStackTraceContaining("OROCHI-7013: The result has more than 2 rows");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void aResultOfMoreBytesThanTheLimitFails(String engine) throws Exception {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("SET 'orochi.execution.engine' = '" + engine + "'");
      statement.execute("SET 'orochi.result-byte-limit' = '1000'");
      assertThat(FlightDoorITCase.rows(statement, "SELECT REPEAT('x', n) FROM (VALUES (500)) t(n)"))
          .hasSize(1);
      assertThatThrownBy(
              () ->
                  FlightDoorITCase.rows(
                      statement, "SELECT REPEAT('x', n) FROM (VALUES (500), (501)) t(n)"))
          .hasStackTraceContaining("OROCHI-7013: The result has more than 1000 bytes");
    }
  }

  private static void assertTimesOut(String engine) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = TestingFlight.connect(server);
                  Statement statement = connection.createStatement()) {
                statement.execute("SET 'orochi.execution.engine' = '" + engine + "'");
                statement.execute("SET 'orochi.statement-timeout' = '1500 ms'");
                FlightDoorITCase.rows(statement, ENDLESS);
              }
            })
        .hasStackTraceContaining("OROCHI-7004: The statement ran longer than 1500 ms");
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.runningStatements() == 0);
  }

  private static String digits(String alias) {
    StringBuilder values = new StringBuilder("(VALUES (CAST(0 AS BIGINT))");
    for (int i = 1; i < 100; i++) {
      values.append(", (").append(i).append(')');
    }
    return values.append(") AS ").append(alias).append("(v)").toString();
  }
}
