package io.orochi.gateway.change;

import static io.orochi.gateway.change.TestingServer.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.flink.StagedTables;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.nio.file.Path;
import java.sql.Connection;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hidden table of a CREATE TABLE AS whose server was killed. */
class StagedLeftoversITCase {
  @TempDir private Path folder;

  @Test
  void theNextStartDropsIt() throws Exception {
    TestingServer first = new TestingServer(folder);
    String hidden = StagedTables.of(new ObjectPath("default", "t")).getObjectName();
    try (Connection session = first.connect()) {
      TestingServer.run(session, "CREATE TABLE kept (n INT)");
    }
    create(hidden);
    first.close();
    try (TestingServer second = new TestingServer(folder);
        Connection session = second.connect();
        OrochiIcebergCatalog catalog = catalog()) {
      assertThat(catalog.tableExists(TableIdentifier.of("default", hidden))).isFalse();
      assertThat(rows(session, "SELECT COUNT(*) FROM kept")).containsExactly("0");
    }
  }

  private void create(String name) {
    try (OrochiIcebergCatalog catalog = catalog()) {
      catalog
          .buildTable(
              TableIdentifier.of("default", name),
              new Schema(Types.NestedField.optional(1, "n", Types.IntegerType.get())))
          .create();
    }
  }

  private OrochiIcebergCatalog catalog() {
    return OrochiIcebergCatalog.open(CatalogConfig.embedded(DataFolder.open(folder)));
  }
}
