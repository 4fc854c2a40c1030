package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.stream.FleetCommand;
import io.orochi.stream.command.Commands;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is asked to stop commits what its streams have read. */
class StopITCase {
  private static final Pattern ROWS_WRITTEN = Pattern.compile("\"write-records\":(\\d+)");

  @TempDir private Path folder;

  @Test
  void aStreamsLastRowsAreCommittedAndItGoesOnAfterThem() throws Exception {
    try (OrochiCluster cluster = OrochiCluster.start(folder)) {
      startStream(cluster);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> rowsRead(cluster) > 1_000);

      cluster.restart();

      long first = rows(cluster);
      assertThat(first).isPositive();
      assertThat(distinctRows(cluster)).isEqualTo(first);
      assertThat(savepoints()).isEmpty();

      startStream(cluster);
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> rowsRead(cluster) > 1_000);
      cluster.restart();

      assertThat(rows(cluster)).isGreaterThan(first);
      assertThat(distinctRows(cluster)).isEqualTo(rows(cluster));
    }
  }

  private static void startStream(OrochiCluster cluster) {
    int exitCode =
        Commands.execute(
            new FleetCommand(),
            "--data",
            cluster.dataFolder().toString(),
            "--every",
            "100 ms",
            "--commit-interval",
            "1 h",
            "--detach");
    assertThat(exitCode).isZero();
  }

  /** The records that have passed from the source to the writers of the only job. */
  private static long rowsRead(OrochiCluster cluster) throws Exception {
    String job = get(cluster, "/jobs");
    Matcher id = Pattern.compile("\"id\":\"([0-9a-f]{32})\"").matcher(job);
    if (!id.find()) {
      return 0;
    }
    Matcher rows = ROWS_WRITTEN.matcher(get(cluster, "/jobs/" + id.group(1)));
    return rows.find() ? Long.parseLong(rows.group(1)) : 0;
  }

  private static String get(OrochiCluster cluster, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(cluster.addresses().flinkUrl() + path)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static long rows(OrochiCluster cluster) throws Exception {
    return number(cluster, "SELECT COUNT(*) FROM cpu");
  }

  private static long distinctRows(OrochiCluster cluster) throws Exception {
    return number(cluster, "SELECT COUNT(*) FROM (SELECT DISTINCT ts, hostname FROM cpu)");
  }

  private static long number(OrochiCluster cluster, String sql) throws Exception {
    try (Connection session = cluster.flight()) {
      return Long.parseLong(Sql.rows(session, sql).get(0));
    }
  }

  private List<Path> savepoints() throws Exception {
    Path savepoints = folder.resolve("savepoints");
    if (!Files.exists(savepoints)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(savepoints)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
