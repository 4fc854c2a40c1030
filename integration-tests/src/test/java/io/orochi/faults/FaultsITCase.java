package io.orochi.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.cluster.CommandRun;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.OrochiServer;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bad input and broken machines: a coded error with a hint each time, and nothing lost. */
@ExtendWith(SharedCluster.class)
class FaultsITCase {
  private static final String HEADER = "ts,host,v\n";

  private final OrochiCluster cluster;
  @TempDir private Path folder;
  private Connection session;
  private String database;

  FaultsITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void useADatabase(TestInfo test) throws Exception {
    database = "faults_" + test.getTestMethod().orElseThrow().getName().toLowerCase();
    session = cluster.flight();
    Sql.run(session, "CREATE DATABASE " + database);
    Sql.run(session, "USE " + database);
  }

  @AfterEach
  void close() throws Exception {
    session.close();
  }

  @Test
  void aFlippedBitFailsTheQueryAndNamesTheFile() throws Exception {
    Sql.run(session, "CREATE TABLE t (a INT, s STRING)");
    Sql.run(session, "INSERT INTO t VALUES (1, 'one'), (2, 'two')");
    Path file = onlyFile("t");
    flipOneBit(file);

    for (String engine : new String[] {"auto", "kernel"}) {
      Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
      assertThatThrownBy(() -> Sql.rows(session, "SELECT SUM(a) FROM t"))
          .satisfies(
              failure ->
                  assertThat(Sql.messages(failure))
                      .contains("OROCHI-1201", file.getFileName().toString(), "HINT: "));
    }

    flipOneBit(file);
    assertThat(Sql.rows(session, "SELECT SUM(a) FROM t")).containsExactly("3");
  }

  @Test
  void aMissingFileFailsTheQueryAndIsNamed() throws Exception {
    Sql.run(session, "CREATE TABLE t (a INT)");
    Sql.run(session, "INSERT INTO t VALUES (1)");
    Path file = onlyFile("t");
    Files.delete(file);

    assertThatThrownBy(() -> Sql.rows(session, "SELECT a FROM t"))
        .satisfies(
            failure ->
                assertThat(Sql.messages(failure))
                    .contains("OROCHI-1202", file.getFileName().toString()));
  }

  @Test
  void aDataFolderOfANewerVersionIsLeftAlone() throws Exception {
    Path version = Files.writeString(folder.resolve("VERSION"), "999\n");

    assertThatThrownBy(() -> OrochiServer.start(config(Map.of())))
        .hasMessageContaining("OROCHI-3004")
        .hasMessageContaining("999")
        .hasMessageContaining("HINT: ");
    assertThat(folder).isDirectoryContaining(version::equals);
    assertThat(Files.list(folder)).hasSize(1);
  }

  @Test
  void aPortInUseIsNamedAndNothingIsLeftRunning() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      for (String door : new String[] {"rest.port", "flight.port", "flink.port"}) {
        assertThatThrownBy(() -> OrochiServer.start(config(Map.of(door, port))))
            .as(door)
            .hasMessageContaining("OROCHI-8001")
            .hasMessageContaining(port)
            .hasMessageContaining("HINT: ");
      }
    }
    OrochiServer.start(config(Map.of())).close();
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused() {
    ServerConfig same =
        ServerConfig.defaults(cluster.dataFolder()).withPorts(ServerConfig.Ports.auto());

    assertThatThrownBy(() -> OrochiServer.start(same))
        .hasMessageContaining("OROCHI-8003")
        .hasMessageContaining("HINT: ");
  }

  @Test
  void aTruncatedGzipLoadsNothing() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((HEADER + rows(20_000)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    Path file =
        Files.write(folder.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length * 2 / 3));

    CommandRun run = ingest(file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("OROCHI-4002", "cut.csv.gz", "HINT: ");
    assertThat(rowsOfT()).isZero();

    Sql.run(
        session,
        "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, host STRING, v DOUBLE)"
            + " WITH ('orochi.hypertable' = 'ts')");
    CommandRun intoATable = ingest(file);
    assertThat(intoATable.exitCode()).isEqualTo(1);
    assertThat(intoATable.err()).contains("OROCHI-4002", "cut.csv.gz", "HINT: ");
    assertThat(rowsOfT()).isZero();
  }

  @Test
  void aBadRowNamesItsLineAndMendedLoadsOnce() throws Exception {
    Sql.run(
        session,
        "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, host STRING, v DOUBLE)"
            + " WITH ('orochi.hypertable' = 'ts')");
    String good = rows(3);
    Path file = Files.writeString(folder.resolve("bad.csv"), HEADER + good + "not a time,h,1\n");

    CommandRun run = ingest(file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("OROCHI-4003", "bad.csv", "5", "HINT: ");
    assertThat(rowsOfT()).isZero();

    Files.writeString(file, HEADER + good);
    assertThat(ingest(file)).extracting(CommandRun::exitCode).isEqualTo(0);
    assertThat(rowsOfT()).isEqualTo(3);
  }

  @Test
  void aTimeColumnThatIsNotThereIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("fine.csv"), HEADER + rows(3));

    CommandRun run =
        CommandRun.ingest(
            cluster, file.toString(), "--table", database + ".fresh", "--time", "when");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("OROCHI-1004", "when", "HINT: ");
    assertThat(Sql.rows(session, "SHOW TABLES")).isEmpty();
  }

  @Test
  void anInputThatIsNotThereIsNamed() {
    CommandRun run =
        CommandRun.ingest(cluster, "/no/such/file.csv", "--table", database + ".t", "--time", "ts");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("OROCHI-4001", "/no/such/file.csv");
  }

  @Test
  void anUnknownCommandLineOptionIsBadUsage() {
    CommandRun run = CommandRun.ingest(cluster, "x.csv", "--table", "t", "--tabel", "t");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--tabel");
  }

  private ServerConfig config(Map<String, String> options) {
    Map<String, String> all = new java.util.HashMap<>();
    all.put("data", folder.toString());
    for (String door : new String[] {"rest.port", "flight.port", "flink.port"}) {
      all.put(door, options.getOrDefault(door, "auto"));
    }
    return ServerConfig.of(all);
  }

  private CommandRun ingest(Path file) {
    return CommandRun.ingest(cluster, file.toString(), "--table", database + ".t", "--time", "ts");
  }

  /** 0 also if there is no such table. */
  private long rowsOfT() throws Exception {
    return Sql.rows(session, "SHOW TABLES").contains("t")
        ? Long.parseLong(Sql.rows(session, "SELECT COUNT(*) FROM t").get(0))
        : 0;
  }

  private static String rows(int count) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, count)
        .forEach(
            row ->
                text.append(
                    "2026-03-01 00:%02d:%02d,host-%d,%d.25%n"
                        .formatted(row / 60 % 60, row % 60, row % 17, row)));
    return text.toString();
  }

  private Path onlyFile(String table) throws Exception {
    try (CloseableIterable<FileScanTask> files =
        cluster.table(database, table).newScan().planFiles()) {
      return Path.of(URI.create(files.iterator().next().file().location()));
    }
  }

  private static void flipOneBit(Path file) throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = bytes.length() / 2;
      bytes.seek(middle);
      int old = bytes.read();
      bytes.seek(middle);
      bytes.write(old ^ 4);
    }
  }
}
