package io.orochi.catalog.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg's own REST client against the served catalog. */
class RestCatalogServerTest {
  private static final Namespace METRICS = Namespace.of("metrics");
  private static final TableIdentifier CPU = TableIdentifier.of(METRICS, "cpu");
  private static final TableIdentifier DISK = TableIdentifier.of(METRICS, "disk");
  private static final String TOKEN = "the-token";
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.optional(2, "value", Types.DoubleType.get()));

  @TempDir Path folder;
  private OrochiIcebergCatalog served;
  private RestCatalogServer server;
  private RESTCatalog client;

  @BeforeEach
  void start() {
    served =
        OrochiIcebergCatalog.open(
            new CatalogConfig(
                "orochi",
                folder.resolve("warehouse").toUri().toString(),
                "jdbc:sqlite:" + folder.resolve("metastore.db"),
                Map.of()));
    server = RestCatalogServer.start(served, RestAuthorizer.bearing(TOKEN), "127.0.0.1", 0);
    client = connect(TOKEN);
    client.createNamespace(METRICS);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    served.close();
  }

  @Test
  void aTableCreatedOutsideIsSeenInside() {
    client.createTable(CPU, SCHEMA, PartitionSpec.builderFor(SCHEMA).day("ts").build());

    assertThat(served.loadTable(CPU).schema().sameSchema(SCHEMA)).isTrue();
    assertThat(served.listTables(METRICS)).containsExactly(CPU);
  }

  @Test
  void anAppendOutsideIsReadInsideAndTheOtherWayRound() {
    Table outside = client.createTable(CPU, SCHEMA);
    outside.newAppend().appendFile(file(outside, "a")).commit();
    Table inside = served.loadTable(CPU);
    inside.newAppend().appendFile(file(inside, "b")).commit();

    outside.refresh();
    assertThat(outside.snapshots()).hasSize(2);
    assertThat(outside.currentSnapshot().summary()).containsEntry("total-data-files", "2");
  }

  @Test
  void severalTablesAreCommittedTogether() {
    Table cpu = client.createTable(CPU, SCHEMA);
    Table disk = client.createTable(DISK, SCHEMA);

    client.commitTransaction(property(cpu, "a", "1"), property(disk, "a", "1"));

    assertThat(served.loadTable(CPU).properties()).containsEntry("a", "1");
    assertThat(served.loadTable(DISK).properties()).containsEntry("a", "1");
  }

  @Test
  void noTableIsCommittedWhenOneHasChanged() {
    Table cpu = client.createTable(CPU, SCHEMA);
    Table disk = client.createTable(DISK, SCHEMA);
    TableCommit first = append(cpu, "a");
    TableCommit second = append(disk, "a");
    disk.newAppend().appendFile(file(disk, "in-between")).commit();

    assertThatThrownBy(() -> client.commitTransaction(first, second))
        .isInstanceOf(CommitFailedException.class);

    assertThat(served.loadTable(CPU).currentSnapshot()).isNull();
    assertThat(served.loadTable(DISK).snapshots()).hasSize(1);
  }

  @Test
  void viewsAreSharedToo() {
    TableIdentifier view = TableIdentifier.of(METRICS, "recent");
    client
        .buildView(view)
        .withSchema(SCHEMA)
        .withDefaultNamespace(METRICS)
        .withQuery("spark", "SELECT * FROM cpu")
        .create();

    assertThat(served.loadView(view).sqlFor("spark").sql()).isEqualTo("SELECT * FROM cpu");
    assertThat(client.dropView(view)).isTrue();
    assertThat(served.viewExists(view)).isFalse();
  }

  @Test
  void eachRefusalKeepsItsKind() {
    client.createTable(CPU, SCHEMA);

    assertThatThrownBy(() -> client.createTable(CPU, SCHEMA))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining("metrics.cpu");
    assertThatThrownBy(() -> client.loadTable(DISK))
        .isInstanceOf(NoSuchTableException.class)
        .hasMessageContaining("metrics.disk");
  }

  @Test
  void aWrongTokenOpensNothing() {
    assertThatThrownBy(() -> connect("another"))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("the token is missing or wrong");
  }

  private RESTCatalog connect(String token) {
    RESTCatalog catalog = new RESTCatalog();
    catalog.initialize(
        "remote",
        Map.of(
            "uri", "http://127.0.0.1:" + server.port() + RestCatalogServer.PATH, "token", token));
    return catalog;
  }

  private static TableCommit property(Table table, String key, String value) {
    Transaction transaction = table.newTransaction();
    transaction.updateProperties().set(key, value).commit();
    return commitOf(table, transaction);
  }

  private static TableCommit append(Table table, String name) {
    Transaction transaction = table.newTransaction();
    transaction.newAppend().appendFile(file(table, name)).commit();
    return commitOf(table, transaction);
  }

  private static TableCommit commitOf(Table table, Transaction transaction) {
    return TableCommit.create(
        TableIdentifier.parse(table.name().replace("remote.", "")),
        ((org.apache.iceberg.BaseTable) table).operations().current(),
        ((org.apache.iceberg.BaseTransaction) transaction).currentMetadata());
  }

  private static DataFile file(Table table, String name) {
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/data/" + name + ".parquet")
        .withFileSizeInBytes(10)
        .withRecordCount(1)
        .build();
  }
}
