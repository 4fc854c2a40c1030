package io.orochi.gateway.cli.doctor;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.gateway.config.ServerConfig;
import java.nio.file.Files;

/** The metastore must answer. */
record MetastoreCheck(ServerConfig config) implements Check {
  @Override
  public String name() {
    return "metastore";
  }

  @Override
  public Finding look() throws Exception {
    boolean embedded = config.storage().metastore().isEmpty();
    if (embedded && !Files.exists(config.dataFolder().resolve("metastore.db"))) {
      return new Finding.Fine("a file in the data folder; will be created");
    }
    CatalogConfig catalogConfig =
        embedded
            ? CatalogConfig.embedded(DataFolder.open(config.dataFolder()))
            : new CatalogConfig(
                "orochi", warehouse(), config.storage().metastore(), config.storage().properties());
    try (OrochiIcebergCatalog catalog = OrochiIcebergCatalog.open(catalogConfig)) {
      int databases = catalog.listNamespaces().size();
      return new Finding.Fine(catalogConfig.metastoreUri() + ", " + databases + " databases");
    }
  }

  private String warehouse() {
    String warehouse = config.storage().warehouse();
    return warehouse.isEmpty() ? config.dataFolder().resolve("warehouse").toString() : warehouse;
  }
}
