package io.orochi.gateway.server;

import static io.orochi.gateway.server.TestingRest.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.config.ServerConfig.Ports;
import io.orochi.gateway.server.TestingRest.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CREATE MATERIALIZED TABLE is refused; Flink's own way would wait for its job for ever. */
class MaterializedTablesITCase {
  private static final String CREATE =
      "CREATE MATERIALIZED TABLE m FRESHNESS = INTERVAL '30' SECOND AS SELECT 1 AS a";

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
  @Timeout(60)
  void theyAreRefusedAtOnceOverFlight() throws Exception {
    for (String sync : List.of("true", "false")) {
      try (Connection connection = TestingFlight.connect(server);
          Statement statement = connection.createStatement()) {
        statement.execute("SET 'table.dml-sync' = '" + sync + "'");
        assertThatThrownBy(() -> statement.execute(CREATE))
            .hasStackTraceContaining(
                "OROCHI-7003: Cannot store a materialized table in this catalog");
        assertThat(FlightDoorITCase.rows(statement, "SHOW TABLES")).isEmpty();
      }
    }
    assertThat(server.runningStatements()).isZero();
  }

  @Test
  @Timeout(60)
  void theyAreRefusedAtOnceOverRest() throws Exception {
    TestingRest rest = new TestingRest(server);
    String session = text(rest.open(), "sessionHandle");
    rest.result(session, "SET 'table.dml-sync' = 'true'");
    Answer answer = rest.result(session, CREATE);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error())
        .startsWith("OROCHI-7003: Cannot store a materialized table in this catalog")
        .contains("HINT: ");
    assertThat(server.runningStatements()).isZero();
  }
}
