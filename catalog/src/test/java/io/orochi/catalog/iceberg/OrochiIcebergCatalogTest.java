package io.orochi.catalog.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableCommit;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrochiIcebergCatalogTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.optional(2, "host", Types.StringType.get()));
  private static final TableIdentifier CPU = TableIdentifier.of("metrics", "cpu");
  private static final TableIdentifier MEM = TableIdentifier.of("metrics", "mem");

  @TempDir private Path folder;
  private OrochiIcebergCatalog catalog;

  @BeforeEach
  void openCatalog() {
    catalog = OrochiIcebergCatalog.open(config());
    catalog.createNamespace(Namespace.of("metrics"), Map.of("owner", "me"));
  }

  @AfterEach
  void closeCatalog() {
    catalog.close();
  }

  @Test
  void aNewTableHasTheDefaultsAndLivesInTheWarehouse() {
    Table table = catalog.createTable(CPU, SCHEMA);
    assertThat(table.location()).isEqualTo("file:" + folder.resolve("warehouse/metrics/cpu"));
    assertThat(table.properties())
        .containsEntry("write.parquet.compression-codec", "zstd")
        .containsEntry("write.metadata.delete-after-commit.enabled", "true");
    assertThat(((BaseTable) table).operations().current().formatVersion()).isEqualTo(3);
  }

  @Test
  void aStockJdbcCatalogReadsAndCommitsTheSameTables() {
    catalog.createTable(CPU, SCHEMA);
    try (JdbcCatalog stock = stock()) {
      Table theirs = stock.loadTable(CPU);
      assertThat(theirs.schema().sameSchema(SCHEMA)).isTrue();
      theirs.updateProperties().set("seen-by", "stock").commit();
      stock.createTable(MEM, SCHEMA);
      assertThat(stock.loadNamespaceMetadata(Namespace.of("metrics"))).containsEntry("owner", "me");
    }
    assertThat(catalog.loadTable(CPU).properties()).containsEntry("seen-by", "stock");
    assertThat(catalog.listTables(Namespace.of("metrics"))).containsExactly(CPU, MEM);
  }

  @Test
  void tablesAndViewsAreCreatedRenamedListedAndDropped() {
    catalog.createTable(CPU, SCHEMA);
    TableIdentifier view = TableIdentifier.of("metrics", "v");
    catalog
        .buildView(view)
        .withSchema(SCHEMA)
        .withDefaultNamespace(CPU.namespace())
        .withQuery("flink", "SELECT * FROM cpu")
        .create();
    assertThat(catalog.listViews(CPU.namespace())).containsExactly(view);
    assertThat(catalog.loadView(view).sqlFor("flink").sql()).isEqualTo("SELECT * FROM cpu");
    assertThatThrownBy(() -> catalog.createTable(view, SCHEMA))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> catalog.renameTable(CPU, view))
        .hasMessage("Table or view already exists: metrics.v");

    catalog.renameTable(CPU, MEM);
    assertThat(catalog.tableExists(CPU)).isFalse();
    assertThat(catalog.loadTable(MEM).schema().sameSchema(SCHEMA)).isTrue();
    assertThat(catalog.dropTable(MEM, true)).isTrue();
    assertThat(catalog.dropTable(MEM, true)).isFalse();
    assertThat(catalog.dropView(view)).isTrue();
    assertThat(catalog.listTables(CPU.namespace())).isEmpty();
  }

  @Test
  void namespacesKeepPropertiesAndRefuseToDropContent() {
    Namespace metrics = Namespace.of("metrics");
    catalog.createTable(CPU, SCHEMA);
    assertThat(catalog.listNamespaces()).containsExactly(metrics);
    assertThat(catalog.loadNamespaceMetadata(metrics)).isEqualTo(Map.of("owner", "me"));
    catalog.setProperties(metrics, Map.of("owner", "you", "tier", "warm"));
    catalog.removeProperties(metrics, java.util.Set.of("tier"));
    assertThat(catalog.loadNamespaceMetadata(metrics)).isEqualTo(Map.of("owner", "you"));
    assertThatThrownBy(() -> catalog.dropNamespace(metrics))
        .isInstanceOf(NamespaceNotEmptyException.class)
        .hasMessage("Namespace is not empty: metrics");
    catalog.dropTable(CPU);
    assertThat(catalog.dropNamespace(metrics)).isTrue();
    assertThat(catalog.namespaceExists(metrics)).isFalse();
    assertThatThrownBy(() -> catalog.createTable(CPU, SCHEMA))
        .isInstanceOf(NoSuchNamespaceException.class)
        .hasMessage("Namespace does not exist: metrics");
  }

  @Test
  void aStaleCommitFailsCleanAndLeavesNoMetadataFile() throws Exception {
    Table mine = catalog.createTable(CPU, SCHEMA);
    BaseTable stale = (BaseTable) catalog.loadTable(CPU);
    TableMetadata base = stale.operations().current();
    mine.updateProperties().set("a", "1").commit();
    long files = metadataFiles();
    assertThatThrownBy(
            () -> stale.operations().commit(base, base.replaceProperties(Map.of("b", "2"))))
        .isInstanceOf(CommitFailedException.class)
        .hasMessage("Cannot commit to metrics.cpu: it was changed meanwhile");
    assertThat(metadataFiles()).isEqualTo(files);
  }

  @Test
  void aLostAnswerIsStateUnknownAndKeepsTheMetadataFile() {
    Table table = catalog.createTable(CPU, SCHEMA);
    try (Fault.Armed lost = Fault.arm("metastore.after-swap", OrochiIcebergCatalogTest::lose)) {
      assertThatThrownBy(() -> table.updateProperties().set("a", "1").commit())
          .isInstanceOf(CommitStateUnknownException.class)
          .hasMessageContaining("Cannot tell whether the commit to metrics.cpu was stored");
    }
    assertThat(catalog.loadTable(CPU).properties()).containsEntry("a", "1");
  }

  @Test
  void severalTablesCommitTogetherOrNotAtAll() throws Exception {
    catalog.createTable(CPU, SCHEMA);
    catalog.createTable(MEM, SCHEMA);
    TableCommit cpu = setProperty(CPU, "x", "1");
    TableCommit mem = setProperty(MEM, "x", "1");
    catalog.commitTransaction(List.of(cpu, mem));
    assertThat(catalog.loadTable(CPU).properties()).containsEntry("x", "1");
    assertThat(catalog.loadTable(MEM).properties()).containsEntry("x", "1");

    TableCommit next = setProperty(CPU, "x", "2");
    TableCommit dropped = setProperty(MEM, "x", "2");
    catalog.dropTable(MEM, false);
    catalog.createTable(MEM, SCHEMA);
    long files = metadataFiles();
    assertThatThrownBy(() -> catalog.commitTransaction(List.of(next, dropped)))
        .isInstanceOf(CommitFailedException.class)
        .hasMessageContaining("UUID");
    assertThat(catalog.loadTable(CPU).properties()).containsEntry("x", "1");
    assertThat(metadataFiles()).isEqualTo(files);
  }

  @Test
  void aConfigurationNeverShowsASecret() {
    CatalogConfig secret =
        new CatalogConfig(
            "orochi",
            "s3://bucket/w",
            "jdbc:postgresql://u:hunter2@db/o?password=hunter2",
            Map.of("s3.secret-access-key", "hunter2", "metastore.password", "hunter2"));
    assertThat(secret.toString()).doesNotContain("hunter2").contains("s3://bucket/w");
    assertThat(CatalogConfig.fromProperties("orochi", secret.toProperties())).isEqualTo(secret);
  }

  private TableCommit setProperty(TableIdentifier identifier, String key, String value) {
    TableMetadata base = ((BaseTable) catalog.loadTable(identifier)).operations().current();
    TableMetadata next = TableMetadata.buildFrom(base).setProperties(Map.of(key, value)).build();
    return TableCommit.create(identifier, base, next);
  }

  private long metadataFiles() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("warehouse"))) {
      return files.filter(file -> file.toString().endsWith(".metadata.json")).count();
    }
  }

  private CatalogConfig config() {
    return new CatalogConfig(
        "orochi",
        folder.resolve("warehouse").toString(),
        "jdbc:sqlite:" + folder.resolve("metastore.db"),
        Map.of());
  }

  private JdbcCatalog stock() {
    JdbcCatalog stock = new JdbcCatalog();
    stock.initialize(
        "orochi",
        Map.of(
            "uri",
            "jdbc:sqlite:" + folder.resolve("metastore.db"),
            "warehouse",
            "file:" + folder.resolve("warehouse"),
            "io-impl",
            LocalFileIO.class.getName(),
            "jdbc.schema-version",
            "V1"));
    return stock;
  }

  private static void lose() {
    throw new IllegalStateException("connection lost");
  }
}
