package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.batch.ScrubCommand;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.stream.IngestCommand;
import io.orochi.stream.command.Commands;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.TableDigests;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * One row's walk through the house, room by room: the project's table of contents. The steps build
 * on one another. Follow the row of host {@code press-4} at 10:30, whose usage is 69.5.
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RowWalkITCase {
  private static final String FILE =
      """
      ts,host,usage
      2026-03-01 09:00:00,press-1,12.25
      2026-03-01 10:30:00,press-4,69.5
      2026-03-01 23:59:59.999999,press-2,
      2026-03-02 00:00:00,press-4,70.5
      """;
  private static final String QUERY =
      "SELECT time_bucket(INTERVAL '1' DAY, ts) AS d, COUNT(*) AS n, AVG(`usage`) AS u"
          + " FROM walk.cpu WHERE host = 'press-4' GROUP BY time_bucket(INTERVAL '1' DAY, ts)"
          + " ORDER BY d";

  private final OrochiCluster cluster;
  @TempDir private static Path folder;
  private Path input;

  RowWalkITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  void writeTheFile() throws Exception {
    input = Files.writeString(folder.resolve("plant.csv"), FILE);
  }

  @Test
  @Order(1)
  void aHypertableAwaitsTheRow() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE walk");
      Sql.run(
          session,
          "CREATE TABLE walk.cpu (ts TIMESTAMP(6) NOT NULL, host STRING NOT NULL, `usage` DOUBLE)"
              + " DISTRIBUTED BY HASH(host) INTO 4 BUCKETS"
              + " WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 d')");
    }
  }

  /** connectors read it with its position, stream-jobs write it, table-format commits it. */
  @Test
  @Order(2)
  void theFileIsIngestedOnceHoweverOftenItIsGiven() throws Exception {
    assertThat(ingest()).isZero();
    long committed = snapshot();
    assertThat(ingest()).isZero();
    assertThat(snapshot()).isEqualTo(committed);
  }

  @Test
  @Order(3)
  void theSnapshotHoldsTheSourcePositionAndEachFilesDigest() throws Exception {
    Table table = cluster.table("walk", "cpu");

    Optional<SourcePosition> position = TableCommitter.lastPosition(table, "ingest");
    assertThat(position).isPresent();
    assertThat(position.get().splits().keySet())
        .anyMatch(split -> split.contains(input.getFileName().toString()));

    TableDigests digests = new TableDigests();
    try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
      assertThat(files).isNotEmpty();
      for (FileScanTask file : files) {
        assertThat(digests.digestOf(table, file.file()))
            .map(Digest::length)
            .hasValue(file.file().fileSizeInBytes());
      }
    }
  }

  /** catalog shows the chunk it lies in. */
  @Test
  @Order(4)
  void theInfoViewsShowItsChunk() throws Exception {
    try (Connection session = cluster.flight()) {
      assertThat(
              Sql.rows(
                  session,
                  "SELECT num_chunks, num_shards, num_rows FROM info.hypertables"
                      + " WHERE hypertable_schema = 'walk' AND hypertable_name = 'cpu'"))
          .containsExactly("2 | 4 | 4");
      assertThat(
              Sql.rows(
                  session,
                  "SELECT num_rows FROM info.chunks"
                      + " WHERE hypertable_schema = 'walk' ORDER BY range_start"))
          .containsExactly("3", "1");
    }
  }

  /** sql-gateway answers from either engine, and says which. */
  @Test
  @Order(5)
  void kernelAndFlinkGiveTheSameAnswer() throws Exception {
    List<String> onKernel = answer("kernel");

    assertThat(onKernel).hasSize(2);
    assertThat(onKernel.get(0)).startsWith("2026-03-01").endsWith("| 1 | 69.5");
    assertThat(answer("flink")).isEqualTo(onKernel);
    assertThat(answer("auto")).isEqualTo(onKernel);
  }

  @Test
  @Order(6)
  void explainNamesTheEngineAndWhatIsRead() throws Exception {
    try (Connection session = cluster.flight()) {
      assertThat(String.join("\n", Sql.rows(session, "EXPLAIN " + QUERY)))
          .containsIgnoringCase("kernel")
          .containsIgnoringCase("files")
          .containsIgnoringCase("shards");
    }
  }

  @Test
  @Order(7)
  void flinksSqlClientReadsIt() throws Exception {
    assertThat(ForeignEngines.flinkSqlClient(folder, cluster, QUERY + ";\n"))
        .contains("2026-03-01 00:00:00")
        .contains("69.5");
  }

  @Test
  @Order(8)
  void flinksJdbcDriverReadsIt() throws Exception {
    try (Connection session = cluster.flinkJdbc()) {
      assertThat(Sql.rows(session, "SELECT `usage` FROM walk.cpu WHERE host = 'press-4'"))
          .containsExactlyInAnyOrder("69.5", "70.5");
    }
  }

  /** batch-jobs find its file whole. */
  @Test
  @Order(9)
  void theScrubVerifiesItsFile() {
    StringWriter out = new StringWriter();
    CommandLine scrub = ScrubCommand.commandLine().setOut(new PrintWriter(out, true));

    int exitCode = scrub.execute("--data", cluster.dataFolder().toString(), "--table", "walk.cpu");

    assertThat(exitCode).as(out.toString()).isZero();
    assertThat(out.toString()).contains("unverified 0", "corrupt    0", "missing    0");
  }

  /** A stranger who knows only Iceberg reads the same rows. */
  @Test
  @Order(10)
  void sparkReadsTheSameRows() throws Exception {
    assertThat(
            ForeignEngines.spark(
                folder, cluster, "SELECT host, ts, usage FROM walk.cpu ORDER BY ts, host"))
        .containsExactly(
            "{\"host\":\"press-1\",\"ts\":\"2026-03-01T09:00:00.000\",\"usage\":12.25}",
            "{\"host\":\"press-4\",\"ts\":\"2026-03-01T10:30:00.000\",\"usage\":69.5}",
            "{\"host\":\"press-2\",\"ts\":\"2026-03-01T23:59:59.999\"}",
            "{\"host\":\"press-4\",\"ts\":\"2026-03-02T00:00:00.000\",\"usage\":70.5}");
  }

  @Test
  @Order(11)
  void theRowIsStillThereAfterARestart() throws Exception {
    try (OrochiCluster other = OrochiCluster.start(Files.createDirectory(folder.resolve("own")))) {
      try (Connection session = other.flight()) {
        Sql.run(session, "CREATE TABLE kept (a INT)");
        Sql.run(session, "INSERT INTO kept VALUES (1), (2)");
      }
      other.restart();
      try (Connection session = other.flight()) {
        assertThat(Sql.rows(session, "SELECT SUM(a) FROM kept")).containsExactly("3");
      }
    }
  }

  private int ingest() {
    return Commands.execute(
        new IngestCommand(),
        input.toString(),
        "--data",
        cluster.dataFolder().toString(),
        "--table",
        "walk.cpu");
  }

  private long snapshot() {
    return cluster.table("walk", "cpu").currentSnapshot().snapshotId();
  }

  private List<String> answer(String engine) throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
      return Sql.rows(session, QUERY);
    }
  }
}
