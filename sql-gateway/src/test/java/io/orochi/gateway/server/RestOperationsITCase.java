package io.orochi.gateway.server;

import static io.orochi.gateway.server.TestingRest.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.TestingRest.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations and errors of the REST door, byte by byte as a client sees them. */
class RestOperationsITCase {
  @TempDir static Path folder;
  private static OrochiServer server;
  private static TestingRest rest;

  @BeforeAll
  static void start() {
    server = OrochiServer.start(ServerConfig.defaults(folder).withPorts(ServerConfig.Ports.auto()));
    rest = new TestingRest(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aCancelByHandleStopsTheEngine() throws Exception {
    for (String engine : List.of("kernel", "flink")) {
      String session = sessionOn(engine);
      String operation = started(session);
      Answer cancelled = rest.operation("POST", session, operation, "cancel");
      assertThat(cancelled.status()).as(engine).isEqualTo(200);
      assertThat(text(cancelled, "status")).as(engine).isEqualTo("CANCELED");
      nothingRuns();
      Answer result = rest.result(session, operation, 0);
      assertThat(result.status()).as(engine).isEqualTo(400);
      assertThat(result.error()).as(engine).startsWith("OROCHI-1403: The statement was cancelled");
    }
  }

  @Test
  void closingAnOperationStopsTheEngine() throws Exception {
    String session = sessionOn("kernel");
    String operation = started(session);
    assertThat(rest.operation("DELETE", session, operation, "close").status()).isEqualTo(200);
    nothingRuns();
  }

  @Test
  void aSecondStatementOfABusySessionIsRefusedAndBlocksNobody() throws Exception {
    String session = sessionOn("kernel");
    String operation = started(session);
    Answer second = rest.execute(session, "SELECT 1");
    assertThat(second.status()).isEqualTo(429);
    assertThat(second.error())
        .startsWith("OROCHI-7010: Cannot run a second statement in a session at once")
        .contains("DETAIL: Operation " + operation + " has not ended.", "HINT: ");
    assertThat(rest.operation("POST", session, operation, "cancel").status()).isEqualTo(200);
    nothingRuns();
    assertThat(rest.result(session, "SELECT 1").status()).isEqualTo(200);
  }

  @Test
  void aFinishedOperationIsCancelledInVain() throws Exception {
    String session = sessionOn("kernel");
    String operation = text(rest.execute(session, "SELECT 1"), "operationHandle");
    assertThat(rest.result(session, operation, 0).status()).isEqualTo(200);
    Answer cancelled = rest.operation("POST", session, operation, "cancel");
    assertThat(cancelled.status()).isEqualTo(200);
    assertThat(text(cancelled, "status")).isEqualTo("FINISHED");
  }

  @Test
  void anOperationThatIsNotThereIsNamed() throws Exception {
    String nobody = "00000000-0000-0000-0000-000000000000";
    Answer answer = rest.operation("POST", sessionOn("auto"), nobody, "cancel");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error())
        .startsWith("OROCHI-3006: Cannot answer for operation " + nobody)
        .doesNotContain("\tat ");
  }

  @Test
  void anErrorIsItsTextAndNothingElse() throws Exception {
    String session = sessionOn("auto");
    Answer answer = rest.result(session, "SELECT * FROM no_such_table");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error())
        .startsWith("OROCHI-3001: Cannot find the relation 'no_such_table'")
        .contains("\nDETAIL: Named at line 1, column 15.")
        .doesNotContain("\tat ", "Exception", "org.apache");
    assertThat(answer.body().size()).isEqualTo(1);
  }

  @Test
  void aSessionThatIsNotThereIsNotFound() throws Exception {
    Answer answer = rest.execute("00000000-0000-0000-0000-000000000000", "SELECT 1");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error())
        .startsWith("OROCHI-7012: There is no session 00000000-0000-0000-0000-000000000000")
        .contains("HINT: ");
  }

  @Test
  void aBodyThatIsNotReadableIsTheClientsMistake() throws Exception {
    Answer answer = rest.send("POST", "/" + sessionOn("auto") + "/statements", "{");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error())
        .startsWith("OROCHI-3006: Cannot answer the request\nDETAIL: ")
        .doesNotContain("\tat ", "org.apache");
  }

  @Test
  void aPathThatIsNotThereIsTold() throws Exception {
    Answer answer = rest.send("GET", "/none/of/these", null);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error()).contains("OROCHI-");
  }

  @Test
  void secretsOfACatalogAreNotShown() throws Exception {
    String session = sessionOn("auto");
    Answer created =
        rest.result(
            session,
            "CREATE CATALOG mine WITH ('type' = 'generic_in_memory', 'default-database' = 'd')");
    assertThat(created.status()).as(created.body().toString()).isEqualTo(200);
    for (String statement : List.of("SHOW CREATE CATALOG mine", "DESCRIBE CATALOG EXTENDED mine")) {
      assertThat(rest.result(session, statement).body().toString())
          .contains("generic_in_memory", "default-database");
    }
    created =
        rest.result(
            session,
            ("CREATE CATALOG other WITH ('type' = 'orochi', 'warehouse' = '%s', 'metastore' ="
                    + " 'jdbc:sqlite:%s?password=hush-1', 's3.secret-access-key' = 'hush-2')")
                .formatted(folder.resolve("other"), folder.resolve("other.db")));
    assertThat(created.status()).as(created.body().toString()).isEqualTo(200);
    for (String statement :
        List.of("SHOW CREATE CATALOG other", "DESCRIBE CATALOG EXTENDED other")) {
      assertThat(rest.result(session, statement).body().toString())
          .contains("s3.secret-access-key", "******", "jdbc:sqlite:")
          .doesNotContain("hush");
    }
  }

  @Test
  void secretsOfATableAreNotShown() throws Exception {
    String session = sessionOn("auto");
    Answer created =
        rest.result(
            session,
            "CREATE TEMPORARY TABLE foreign_rows (a INT) WITH ('connector' = 'datagen', 'url' ="
                + " 'jdbc:postgresql://ada:hush-1@host/db?password=hush-2', 'password' = 'hush-3',"
                + " 'properties.sasl-secret' = 'hush-4', 'number-of-rows' = '5')");
    assertThat(created.status()).as(created.body().toString()).isEqualTo(200);
    assertThat(rest.result(session, "SHOW CREATE TABLE foreign_rows").body().toString())
        .contains("'password' = '******'", "'properties.sasl-secret' = '******'")
        .contains("jdbc:postgresql://ada:", "'number-of-rows' = '5'", "datagen")
        .doesNotContain("hush");
  }

  private static String sessionOn(String engine) throws Exception {
    String session = text(rest.open(), "sessionHandle");
    assertThat(rest.result(session, "SET 'orochi.execution.engine' = '" + engine + "'").status())
        .isEqualTo(200);
    return session;
  }

  private static String started(String session) throws Exception {
    String operation =
        text(rest.execute(session, StoppedStatementsITCase.ENDLESS), "operationHandle");
    Awaitility.await().until(() -> server.runningStatements() == 1);
    return operation;
  }

  private static void nothingRuns() {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> server.runningStatements() == 0);
  }
}
