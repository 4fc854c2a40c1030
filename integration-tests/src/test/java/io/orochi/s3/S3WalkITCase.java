package io.orochi.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.cluster.CommandRun;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A row's walk with the warehouse on S3, and an S3 that fails on the way. Steps build up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class S3WalkITCase {
  private static final String WAREHOUSE = "s3://lake/warehouse";
  private static final String QUERY = "SELECT host, COUNT(*), SUM(v) FROM cpu GROUP BY host";
  private static final List<String> ANSWER = List.of("a | 2 | 5.0", "b | 1 | 20.0");

  @TempDir private static Path folder;

  private Overheard overheard;
  private TestingStore store;
  private OrochiCluster cluster;

  @BeforeAll
  void start() throws Exception {
    overheard = Overheard.listening();
    store = TestingStore.start(folder.resolve("store"));
    store.createBucket("lake");
    Map<String, String> options = store.options(WAREHOUSE);
    options.put("catalog.s3.retry.num-retries", "2");
    cluster = OrochiCluster.start(folder.resolve("data"), options);
  }

  @AfterAll
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
    store.close();
    overheard.close();
  }

  @Test
  @Order(1)
  void aFileIsIngestedIntoTheBucket() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(
          session,
          "CREATE TABLE cpu (ts TIMESTAMP(6) NOT NULL, host STRING NOT NULL, v DOUBLE)"
              + " DISTRIBUTED BY HASH(host) INTO 2 BUCKETS WITH ('orochi.hypertable' = 'ts')");
    }
    Path input =
        Files.writeString(
            folder.resolve("cpu.csv"),
            "ts,host,v\n2026-03-01 00:00:00,a,1\n2026-03-01 01:00:00,b,2\n"
                + "2026-03-02 00:00:00,c,3\n");

    for (int time = 0; time < 2; time++) {
      CommandRun ingest =
          CommandRun.ingest(cluster, input.toString(), "--table", "cpu", "--time", "ts");
      assertThat(ingest.exitCode()).as(ingest.err()).isZero();
    }

    assertThat(rows("SELECT COUNT(*) FROM cpu")).containsExactly("3");
    assertThat(store.objects("lake"))
        .anyMatch(name -> name.endsWith(".parquet"))
        .anyMatch(name -> name.endsWith(".puffin"))
        .anyMatch(name -> name.endsWith(".metadata.json"));
  }

  @Test
  @Order(2)
  void everyChangeIsMadeThere() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "INSERT INTO cpu VALUES (TIMESTAMP '2026-03-02 01:00:00', 'a', 4)");
      Sql.run(session, "UPDATE cpu SET v = v * 10 WHERE host = 'b'");
      Sql.run(session, "DELETE FROM cpu WHERE host = 'c'");
    }

    assertThat(answer("kernel")).containsExactlyElementsOf(ANSWER);
    assertThat(answer("flink")).containsExactlyElementsOf(ANSWER);
    assertThat(store.objects("lake")).noneMatch(name -> name.contains("//"));
    assertThat(folder.resolve("data/warehouse")).satisfies(S3WalkITCase::holdsNoFile);
  }

  @Test
  @Order(3)
  void thePastIsReadAndThePlanExplained() throws Exception {
    long first = cluster.table("default", "cpu").history().get(0).snapshotId();
    assertThat(rows("SELECT COUNT(*) FROM cpu /*+ OPTIONS('snapshot-id'='" + first + "') */"))
        .containsExactly("3");

    assertThat(rows("EXPLAIN " + QUERY).toString()).contains("kernel").doesNotContain(SECRETS);
  }

  @Test
  @Order(4)
  void aNewServerFindsItAll() throws Exception {
    cluster.restart();

    assertThat(answer("kernel")).containsExactlyElementsOf(ANSWER);
  }

  @Test
  @Order(4)
  void theExplanationTellsWhereFilesLieAndWhatWasCopied() throws Exception {
    String text = rows("EXPLAIN ANALYZE " + QUERY + " HAVING COUNT(*) > 0").toString();

    Matcher tier = Pattern.compile("tier hot on s3: chunks 2, files (\\d+), bytes ").matcher(text);
    assertThat(tier.find()).as(text).isTrue();
    assertThat(text)
        .containsPattern("file copies found [1-9]\\d*, fetched 0 \\(0 B\\), not needed 0");
    assertThat(rows("SELECT DISTINCT tier FROM info.chunks WHERE hypertable_name = 'cpu'"))
        .containsExactly("hot");
  }

  @Test
  @Order(5)
  void aStoreThatDiesDuringACommitLosesNothing() throws Exception {
    for (String point :
        List.of("commit.before-write", "commit.after-write", "commit.before-swap")) {
      long before = snapshot();
      List<String> objects = store.objects("lake");
      try (Connection session = cluster.flight();
          Fault.Armed armed = Fault.arm(point, store::kill)) {
        assertThatThrownBy(
                () ->
                    Sql.run(
                        session,
                        "INSERT INTO cpu VALUES (TIMESTAMP '2026-03-03 00:00:00', 'd', 1)"))
            .as(point)
            .satisfies(S3WalkITCase::isUnavailable);
      } finally {
        store.start();
      }

      assertThat(snapshot()).as(point).isEqualTo(before);
      assertThat(store.objects("lake")).as(point).containsAll(objects);
      assertThat(answer("kernel")).as(point).containsExactlyElementsOf(ANSWER);
    }
    try (Connection session = cluster.flight()) {
      Sql.run(session, "INSERT INTO cpu VALUES (TIMESTAMP '2026-03-03 00:00:00', 'a', 0)");
      Sql.run(session, "DELETE FROM cpu WHERE ts = TIMESTAMP '2026-03-03 00:00:00'");
    }
    assertThat(answer("flink")).containsExactlyElementsOf(ANSWER);
  }

  /** The rows are the table's once the metastore has them, whatever the store does then. */
  @Test
  @Order(6)
  void aStoreThatDiesAfterTheSwapHasTheRowsOnce() throws Exception {
    for (String point : List.of("metastore.after-swap", "commit.after-swap")) {
      String insert = "INSERT INTO cpu VALUES (TIMESTAMP '2026-03-04 00:00:00', 'after', 1)";
      try (Connection session = cluster.flight();
          Fault.Armed armed = Fault.arm(point, store::kill)) {
        assertThatCode(() -> Sql.run(session, insert)).as(point).doesNotThrowAnyException();
      } finally {
        store.start();
      }
      assertThat(rows("SELECT COUNT(*) FROM cpu WHERE host = 'after'"))
          .as(point)
          .containsExactly("1");
      try (Connection session = cluster.flight()) {
        Sql.run(session, "DELETE FROM cpu WHERE host = 'after'");
      }
    }
    assertThat(answer("kernel")).containsExactlyElementsOf(ANSWER);
  }

  @Test
  @Order(7)
  void aStoreThatIsDownIsNamedByEveryEngine() throws Exception {
    cluster.restart();
    store.kill();
    try {
      for (String engine : List.of("kernel", "flink")) {
        assertThatThrownBy(() -> answer(engine)).as(engine).satisfies(S3WalkITCase::isUnavailable);
      }
    } finally {
      store.start();
    }
    assertThat(answer("kernel")).containsExactlyElementsOf(ANSWER);
  }

  @Test
  @Order(8)
  void noSecretIsTold() throws Exception {
    assertThat(answer("flink")).containsExactlyElementsOf(ANSWER);
    try (Connection session = cluster.flight()) {
      Sql.run(
          session,
          "CREATE CATALOG other WITH ('type'='orochi', 'warehouse'='"
              + WAREHOUSE
              + "',"
              + " 'metastore'='jdbc:sqlite:"
              + folder.resolve("other.db")
              + "',"
              + " 's3.endpoint'='"
              + store.options(WAREHOUSE).get("s3.endpoint")
              + "',"
              + " 's3.access-key-id'='"
              + TestingStore.ACCESS_KEY
              + "',"
              + " 's3.secret-access-key'='"
              + TestingStore.SECRET_KEY
              + "')");
      for (String statement :
          List.of(
              "SHOW CREATE TABLE cpu",
              "SHOW CREATE CATALOG other",
              "DESCRIBE CATALOG EXTENDED other",
              "SELECT * FROM info.settings",
              "SET",
              "EXPLAIN SELECT * FROM cpu",
              "EXPLAIN INSERT INTO cpu SELECT * FROM cpu")) {
        assertThat(Sql.rows(session, statement).toString())
            .as(statement)
            .isNotEqualTo("[]")
            .doesNotContain(SECRETS);
      }
    }
    assertThat(flink()).contains("\"plan\"").doesNotContain(SECRETS);
    assertThat(get(cluster.addresses().catalogUrl() + "/v1/config")).doesNotContain(SECRETS);
    assertThat(get(cluster.addresses().catalogUrl() + "/v1/namespaces/default/tables/cpu"))
        .contains(WAREHOUSE)
        .doesNotContain(SECRETS);
    assertThat(Files.readString(folder.resolve("data/server.json"))).doesNotContain(SECRETS);
    assertThat(overheard.text()).contains("Orochi is ready").doesNotContain(SECRETS);
  }

  static final String[] SECRETS = {TestingStore.ACCESS_KEY, TestingStore.SECRET_KEY};

  /** Everything the session cluster tells about its jobs. */
  private String flink() throws Exception {
    String url = cluster.addresses().flinkUrl();
    StringBuilder all = new StringBuilder(get(url + "/jobmanager/config"));
    Matcher jobs = Pattern.compile("\"id\":\"([0-9a-f]+)\"").matcher(get(url + "/jobs"));
    while (jobs.find()) {
      for (String page : List.of("", "/config", "/plan", "/exceptions")) {
        all.append(get(url + "/jobs/" + jobs.group(1) + page));
      }
    }
    return all.toString();
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private long snapshot() {
    return cluster.table("default", "cpu").currentSnapshot().snapshotId();
  }

  private List<String> answer(String engine) throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
      return Sql.rows(session, QUERY).stream().sorted().toList();
    }
  }

  private List<String> rows(String query) throws Exception {
    try (Connection session = cluster.flight()) {
      return Sql.rows(session, query);
    }
  }

  private static void isUnavailable(Throwable failure) {
    assertThat(Sql.messages(failure))
        .contains("OROCHI-1302", "HINT: ", "s3://lake/")
        .doesNotContain(SECRETS);
  }

  private static void holdsNoFile(Path path) {
    try (var files = Files.walk(path)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    } catch (java.nio.file.NoSuchFileException none) {
      assertThat(path).doesNotExist();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
