package io.orochi.gateway.server;

import static io.orochi.gateway.server.TestingRest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Limits;
import io.orochi.gateway.config.ServerConfig.Ports;
import io.orochi.gateway.server.TestingRest.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many sessions and statements there may be, and how long a session may be idle. */
class SessionLimitsITCase {
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir private Path folder;
  private OrochiServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sessionsBeyondTheLimitAreRefusedOnEveryDoor() throws Exception {
    start(limits(8, 3, NEVER));
    TestingRest rest = new TestingRest(server);
    String first = text(rest.open(), "sessionHandle");
    String second = text(rest.open(), "sessionHandle");
    assertThat(rest.open().status()).isEqualTo(200);

    Answer fourth = rest.open();
    assertThat(fourth.status()).isEqualTo(429);
    assertThat(fourth.error())
        .startsWith("OROCHI-7011: Cannot open more than 3 sessions")
        .contains("HINT: Close sessions that are not used, or raise sessions.max.");
    assertThatThrownBy(this::selectOne).hasStackTraceContaining("OROCHI-7011");

    // A connection over Flight takes the session its first call shares with others, and its own.
    for (String open : new String[] {first, second}) {
      assertThat(rest.send("DELETE", "/" + open, null).status()).isEqualTo(200);
    }
    selectOne();
  }

  @Test
  void statementsBeyondTheLimitAreRefusedOnEveryDoor() throws Exception {
    start(limits(1, 100, NEVER));
    TestingRest rest = new TestingRest(server);
    String session = text(rest.open(), "sessionHandle");
    String other = text(rest.open(), "sessionHandle");
    String[] operation = new String[1];
    Answer[] refused = new Answer[1];
    Awaitility.await()
        .untilAsserted(
            () -> {
              // The first statement that plans takes the only slot: it may be the small one.
              if (server.runningStatements() == 0) {
                operation[0] =
                    text(rest.execute(session, StoppedStatementsITCase.ENDLESS), "operationHandle");
              }
              refused[0] = rest.result(other, "SELECT 1");
              assertThat(refused[0].status()).isEqualTo(429);
            });
    assertThat(refused[0].error())
        .startsWith("OROCHI-7010: Cannot run more than 1 statements at once")
        .contains("HINT: ");
    assertThatThrownBy(this::selectOne).hasStackTraceContaining("OROCHI-7010");

    rest.operation("POST", session, operation[0], "cancel");
    Awaitility.await().until(() -> server.runningStatements() == 0);
    selectOne();
  }

  @Test
  void anIdleSessionOverRestIsClosed() throws Exception {
    start(limits(8, 100, Duration.ofSeconds(1)));
    TestingRest rest = new TestingRest(server);
    String session = text(rest.open(), "sessionHandle");
    String busy = text(rest.open(), "sessionHandle");
    String operation = text(rest.execute(busy, StoppedStatementsITCase.ENDLESS), "operationHandle");

    Awaitility.await()
        .pollDelay(Duration.ofSeconds(3))
        .untilAsserted(
            () -> {
              Answer answer = rest.execute(session, "SELECT 1");
              assertThat(answer.status()).isEqualTo(404);
              assertThat(answer.error())
                  .contains("OROCHI-7012: There is no session " + session)
                  .contains("HINT: It was closed, or nobody used it for 1 s.");
            });
    assertThat(text(rest.operation("GET", busy, operation, "status"), "status"))
        .isEqualTo("RUNNING");
    assertThat(rest.operation("POST", busy, operation, "cancel").status()).isEqualTo(200);
  }

  @Test
  void anIdleSessionOverFlightSaysOnceThatItsSettingsAreLost() throws Exception {
    start(limits(8, 100, Duration.ofSeconds(1)));
    try (Connection changed = TestingFlight.connect(server);
        Connection unchanged = TestingFlight.connect(server);
        Statement ofChanged = changed.createStatement();
        Statement ofUnchanged = unchanged.createStatement()) {
      ofChanged.execute("SET 'orochi.result-row-limit' = '7'");
      FlightDoorITCase.rows(ofUnchanged, "SELECT 1");
      Awaitility.await()
          .pollDelay(Duration.ofSeconds(3))
          .untilAsserted(
              () ->
                  assertThat(FlightDoorITCase.rows(ofUnchanged, "SELECT 1")).containsExactly("1"));

      assertThatThrownBy(() -> FlightDoorITCase.rows(ofChanged, "SELECT 1"))
          .hasStackTraceContaining("OROCHI-7012: There is no session")
          .hasStackTraceContaining("nobody used it for 1 s");
      assertThat(FlightDoorITCase.rows(ofChanged, "SELECT 1")).containsExactly("1");
    }
  }

  private void start(Limits limits) {
    server =
        OrochiServer.start(
            ServerConfig.defaults(folder).withPorts(Ports.auto()).withLimits(limits));
  }

  /** Nothing waits; results and statements are not limited. */
  private static Limits limits(int statements, int sessions, Duration idle) {
    return new Limits(0, 0, Duration.ZERO, statements, 0, sessions, idle);
  }

  private void selectOne() throws SQLException {
    try (Connection connection = TestingFlight.connect(server);
        Statement statement = connection.createStatement()) {
      assertThat(FlightDoorITCase.rows(statement, "SELECT 1")).containsExactly("1");
    }
  }
}
