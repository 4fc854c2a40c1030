package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static io.orochi.gateway.change.TestingServer.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table and its rows appear at one point in time, whoever computes the rows. */
class CreateTableAsITCase {
  @TempDir static Path folder;
  private static TestingServer server;

  private Connection session;

  @BeforeAll
  static void start() throws SQLException {
    server = new TestingServer(folder);
    try (Connection first = server.connect()) {
      run(first, "CREATE TABLE source (n INT, v STRING)");
      run(first, "INSERT INTO source VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws SQLException {
    session = server.connect();
  }

  @AfterEach
  void disconnect() throws SQLException {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void rowsAreCountedAndOneSnapshot(String engine) throws SQLException {
    run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    String name = "counted_" + engine;
    assertThat(run(session, "CREATE TABLE " + name + " AS SELECT * FROM source WHERE n > 1"))
        .isEqualTo(2);
    assertThat(rows(session, "SELECT n, v FROM " + name + " ORDER BY n"))
        .containsExactly("2|b", "3|c");
    assertThat(server.table(name).history()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void aFailureWhileRowsAreComputedLeavesNothing(String engine) throws SQLException {
    run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    List<String> before = tables();
    assertThatThrownBy(
            () ->
                run(
                    session,
                    "CREATE TABLE failed_"
                        + engine
                        + " WITH ('orochi.check.c' = 'n < 3') AS SELECT * FROM source"))
        .hasStackTraceContaining("OROCHI-3110");
    assertThat(tables()).isEqualTo(before);
    run(session, "CREATE TABLE failed_" + engine + " AS SELECT * FROM source");
    run(session, "DROP TABLE failed_" + engine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"change.before-publish", "commit.before-write", "commit.before-swap"})
  void aFaultBeforeTheSwapLeavesNeitherTableNorRows(String point) throws Exception {
    String name = "fault_" + point.replaceAll("[^a-z]", "_");
    try (Fault.Armed armed =
        Fault.arm(
            point,
            () -> {
              throw new IllegalStateException("killed");
            })) {
      assertThatThrownBy(() -> run(session, "CREATE TABLE " + name + " AS SELECT * FROM source"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(tables()).doesNotContain(name);
    assertThat(run(session, "CREATE TABLE " + name + " AS SELECT * FROM source")).isEqualTo(3);
    assertThat(rows(session, "SELECT COUNT(*) FROM " + name)).containsExactly("3");
  }

  @Test
  void nobodySeesTheTableBeforeItsRows() throws Exception {
    try (Connection other = server.connect();
        Fault.Armed armed =
            Fault.arm(
                "commit.before-swap",
                () -> {
                  try {
                    assertThat(rows(other, "SHOW TABLES")).doesNotContain("unseen");
                  } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                  }
                })) {
      run(session, "CREATE TABLE unseen AS SELECT * FROM source");
    }
    assertThat(tables()).contains("unseen");
  }

  @Test
  void whoeverIsFirstKeepsTheName() throws Exception {
    try (Connection other = server.connect();
        Fault.Armed armed =
            Fault.arm(
                "commit.before-swap",
                () -> {
                  try {
                    run(other, "CREATE TABLE raced (x INT)");
                  } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                  }
                })) {
      assertThatThrownBy(() -> run(session, "CREATE TABLE raced AS SELECT * FROM source"))
          .hasStackTraceContaining("OROCHI-3002");
    }
    assertThat(rows(session, "SELECT COUNT(*) FROM raced")).containsExactly("0");
    assertThat(files("raced")).isEmpty();
  }

  private List<String> tables() throws SQLException {
    return rows(session, "SHOW TABLES");
  }

  private static List<Path> files(String table) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().contains("/" + table))
          .filter(path -> path.toString().endsWith(".parquet"))
          .toList();
    }
  }
}
