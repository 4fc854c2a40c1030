package io.orochi.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes connections and answers none: statements end all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HungStoreITCase {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration AFTERWARDS = Duration.ofMinutes(1);
  private static final int MORE_THAN_READERS = 6;

  @TempDir private static Path folder;

  private TestingStore store;
  private OrochiCluster cluster;

  @BeforeAll
  void start() throws Exception {
    store = TestingStore.start(folder.resolve("store"));
    store.createBucket("lake");
    cluster = OrochiCluster.start(folder.resolve("data"), store.options("s3://lake/warehouse"));
  }

  @AfterEach
  void answer() throws IOException {
    store.goOn();
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
    store.close();
  }

  @Test
  void theTimeoutEndsAReadOfMetadataThatHangs() throws Exception {
    fill("unplanned");
    store.hang();
    timesOut("unplanned");
  }

  @Test
  void theTimeoutEndsAReadOfDataThatHangs() throws Exception {
    fill("planned");
    try (Connection session = cluster.flight()) {
      Sql.run(session, "EXPLAIN SELECT v FROM planned");
    }
    store.hang();
    timesOut("planned");
  }

  /** Every reader hangs in the end, and none of them is lost. */
  private void timesOut(String table) throws Exception {
    for (int time = 0; time < MORE_THAN_READERS; time++) {
      long started = System.nanoTime();
      assertThatThrownBy(() -> read(table))
          .hasStackTraceContaining("OROCHI-7004: The statement ran longer than 1000 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(SOON);
    }

    store.goOn();
    try (Connection session = cluster.flight()) {
      assertThat(Sql.rows(session, "SELECT v FROM " + table)).containsExactly("1");
    }
    Awaitility.await().atMost(AFTERWARDS).until(() -> running(table).isEmpty());
  }

  @Test
  void aCancelEndsAReadThatHangs() throws Exception {
    fill("cancelled");
    store.hang();
    CompletableFuture<Void> query =
        CompletableFuture.runAsync(
            () -> {
              try (Connection session = cluster.flight()) {
                Sql.rows(session, "SELECT v FROM cancelled");
              } catch (SQLException failure) {
                throw new IllegalStateException(failure);
              }
            });
    Awaitility.await().atMost(SOON).until(() -> !running("cancelled").isEmpty());
    try (Connection other = cluster.flight()) {
      Sql.run(other, "CALL sys.cancel_query('" + running("cancelled").get(0) + "')");
    }

    assertThat(query)
        .failsWithin(SOON)
        .withThrowableThat()
        .withStackTraceContaining("OROCHI-1403: The statement was cancelled");
    store.goOn();
    Awaitility.await().atMost(AFTERWARDS).until(() -> running("cancelled").isEmpty());
  }

  private void fill(String table) throws SQLException {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE TABLE " + table + " (v INT)");
      Sql.run(session, "INSERT INTO " + table + " VALUES (1)");
    }
  }

  private void read(String table) throws SQLException {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "SET 'orochi.statement-timeout' = '1 s'");
      Sql.rows(session, "SELECT v FROM " + table);
    }
  }

  /** The ids of the statements that read a table. */
  private List<String> running(String table) throws SQLException {
    try (Connection session = cluster.flight()) {
      return Sql.rows(
          session,
          "SELECT query_id FROM info.active_queries WHERE query = 'SELECT v FROM " + table + "'");
    }
  }
}
