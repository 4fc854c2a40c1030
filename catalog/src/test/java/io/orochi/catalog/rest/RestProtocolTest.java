package io.orochi.catalog.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the protocol promises to any client, some of it on the wire. */
class RestProtocolTest {
  private static final Namespace METRICS = Namespace.of("metrics");
  private static final TableIdentifier CPU = TableIdentifier.of(METRICS, "cpu");
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.optional(1, "value", Types.DoubleType.get()));

  @TempDir Path folder;
  private TestingRestServer server;

  @BeforeEach
  void start() {
    server = new TestingRestServer(folder);
    server.catalog().createNamespace(METRICS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theConfigurationNamesEveryEndpoint() throws Exception {
    assertThat(server.get("/v1/config").body())
        .contains(
            "POST /v1/{prefix}/transactions/commit",
            "POST /v1/{prefix}/namespaces/{namespace}/tables/{table}/plan",
            "POST /v1/{prefix}/namespaces/{namespace}/views");
  }

  @Test
  void withoutATokenEveryPathIsRefused() throws Exception {
    for (String path : List.of("/v1/config", "/v1/namespaces", "/v1/nowhere")) {
      HttpRequest withoutToken =
          HttpRequest.newBuilder(server.request(path).build().uri()).GET().build();
      assertError(server.send(withoutToken), 401, "the token is missing or wrong");
    }
  }

  @Test
  void aNamespaceHasTwoLevels() throws IOException {
    Namespace plant = Namespace.of("plant");
    Namespace line = Namespace.of("plant", "line-1");
    try (RESTCatalog client = server.client(Map.of())) {
      client.createNamespace(plant);
      // Iceberg's request builder asks its argument for a null key.
      client.createNamespace(line, new HashMap<>(Map.of("owner", "ops")));
      client.createTable(TableIdentifier.of(line, "press"), SCHEMA);

      assertThat(client.listNamespaces()).containsExactlyInAnyOrder(METRICS, plant);
      assertThat(client.listNamespaces(plant)).containsExactly(line);
      assertThat(client.loadNamespaceMetadata(line)).containsEntry("owner", "ops");
      assertThat(client.listTables(line)).containsExactly(TableIdentifier.of(line, "press"));
      assertThat(server.catalog().loadTable(TableIdentifier.of(line, "press"))).isNotNull();
    }
  }

  @Test
  void longListsComeInPages() throws Exception {
    List<TableIdentifier> tables =
        IntStream.range(0, 7).mapToObj(i -> TableIdentifier.of(METRICS, "t" + i)).toList();
    tables.forEach(table -> server.catalog().createTable(table, SCHEMA));

    try (RESTCatalog client = server.client(Map.of("rest-page-size", "3"))) {
      assertThat(client.listTables(METRICS)).containsExactlyInAnyOrderElementsOf(tables);
    }
    assertThat(server.get("/v1/namespaces/metrics/tables?pageToken=&pageSize=3").body())
        .contains("\"next-page-token\":\"3\"", "t2")
        .doesNotContain("t3");
    assertThat(server.get("/v1/namespaces/metrics/tables").body()).contains("t0", "t6");
  }

  @Test
  void theServerPlansAScanForAClientThatAsksIt() throws IOException {
    Table inside = server.catalog().createTable(CPU, SCHEMA);
    inside.newAppend().appendFile(TestingRestServer.file(inside, "a")).commit();
    inside.newAppend().appendFile(TestingRestServer.file(inside, "b")).commit();

    try (RESTCatalog client = server.client(Map.of("scan-planning-mode", "server"))) {
      Table table = client.loadTable(CPU);
      assertThat(table.getClass().getSimpleName()).isEqualTo("RESTTable");
      try (CloseableIterable<FileScanTask> files = table.newScan().planFiles()) {
        assertThat(files).extracting(task -> task.file().recordCount()).containsExactly(1L, 1L);
      }
    }
  }

  @Test
  void aPlanOfManyFilesIsOneAnswer() throws IOException {
    Table inside = server.catalog().createTable(CPU, SCHEMA);
    AppendFiles append = inside.newAppend();
    IntStream.range(0, 2_345)
        .forEach(i -> append.appendFile(TestingRestServer.file(inside, "f" + i)));
    append.commit();

    try (RESTCatalog client = server.client(Map.of("scan-planning-mode", "server"));
        CloseableIterable<FileScanTask> files = client.loadTable(CPU).newScan().planFiles()) {
      assertThat(files)
          .extracting(task -> task.file().location())
          .hasSize(2_345)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aPlanIsNotKept() throws Exception {
    server.catalog().createTable(CPU, SCHEMA);
    HttpResponse<String> plan = server.post("/v1/namespaces/metrics/tables/cpu/plan", "{}");
    assertThat(plan.body()).contains("\"status\":\"completed\"");
    String id = plan.body().replaceAll(".*\"plan-id\":\"([^\"]+)\".*", "$1");

    assertError(server.get("/v1/namespaces/metrics/tables/cpu/plan/" + id), 404, id);
  }

  @Test
  void aStaleCommitIsAConflict() throws Exception {
    Table inside = server.catalog().createTable(CPU, SCHEMA);
    inside.newAppend().appendFile(TestingRestServer.file(inside, "a")).commit();
    String stale =
        """
        {"requirements": [{"type": "assert-ref-snapshot-id", "ref": "main", "snapshot-id": 7}],
         "updates": [{"action": "set-properties", "updates": {"a": "b"}}]}""";

    assertError(server.post("/v1/namespaces/metrics/tables/cpu", stale), 409, "Requirement failed");
    assertThat(server.catalog().loadTable(CPU).properties()).doesNotContainKey("a");
  }

  /**
   * Iceberg's client repeats after 503 by itself, and would then see its own commit as another's.
   */
  @Test
  void aLostAnswerIsNeverToldAsARequestToRepeat() {
    assertThat(RestErrors.of(new CommitStateUnknownException(new IOException("gone"))).code())
        .isEqualTo(504);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/namespaces                    | {not json            | 400 | Invalid request body",
        "/v1/namespaces                    |                      | 400 | Invalid request body",
        "/v1/namespaces                    | {}                   | 400 | namespace",
        "/v1/namespaces/metrics/tables     | {\"name\":\"t\"}     | 400 | schema",
        "/v1/namespaces/metrics/tables     | []                   | 400 | Invalid request body",
        "/v1/namespaces/none/tables        | {\"name\":\"t\",\"schema\":{\"type\":\"struct\","
            + "\"fields\":[]}}                                    | 404 | none",
        "/v1/namespaces/metrics/tables/none | {\"requirements\":[],\"updates\":[]} | 404 | none",
        "/v1/namespaces/metrics/tables/none/plan | {}             | 404 | none",
        "/v1/transactions/commit           | {\"table-changes\":7} | 400 | non-array",
        "/v1/nowhere                       | {}                   | 404 | nowhere",
        "/v1/config                        | {}                   | 404 | config"
      })
  void badInputIsAnsweredInIcebergsWords(String path, String body, int status, String message)
      throws Exception {
    assertError(server.post(path, body == null ? "" : body), status, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/namespaces/metrics/tables?pageSize=none | pageSize: none",
        "/v1/namespaces/metrics/tables?pageToken=-1  | pageToken: -1",
        "/v1/namespaces/metrics/tables?pageSize=0    | pageSize: 0",
        "/v1/namespaces/metrics/tables/cpu?snapshots=some | all and refs"
      })
  void aBadParameterIsNamed(String path, String message) throws Exception {
    assertError(server.get(path), 400, message);
  }

  private static void assertError(HttpResponse<String> answer, int status, String message) {
    assertThat(answer.body()).contains("\"code\":" + status, message);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
    assertThat(answer.body()).doesNotContain("\tat ", "java.base", ".java:");
  }
}
