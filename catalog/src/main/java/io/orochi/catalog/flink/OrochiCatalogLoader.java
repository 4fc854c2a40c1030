package io.orochi.catalog.flink;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.flink.CatalogLoader;

/** Opens the catalog where a Flink task runs. */
record OrochiCatalogLoader(CatalogConfig config) implements CatalogLoader {
  @Override
  public Catalog loadCatalog() {
    return OrochiIcebergCatalog.open(config);
  }

  @SuppressWarnings("MethodDoesntCallSuperMethod")
  @Override
  public CatalogLoader clone() {
    return this;
  }
}
