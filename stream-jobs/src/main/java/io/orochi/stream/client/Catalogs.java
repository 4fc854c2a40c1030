package io.orochi.stream.client;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.TableLoader;

/** Ways to a data folder's tables. */
final class Catalogs {
  private static final String DEFAULT_NAMESPACE = "default";

  private Catalogs() {}

  /** The caller closes it. */
  static OrochiIcebergCatalog open(DataFolder folder) {
    return OrochiIcebergCatalog.open(CatalogConfig.of(folder));
  }

  static TableLoader loader(DataFolder folder, TableIdentifier table) {
    return TableLoader.fromCatalog(loader(folder), table);
  }

  static CatalogLoader loader(DataFolder folder) {
    CatalogConfig config = CatalogConfig.of(folder);
    return CatalogLoader.custom(
        config.name(),
        config.toProperties(),
        new Configuration(),
        OrochiIcebergCatalog.class.getName());
  }

  /** {@code table} or {@code database.table}. */
  static TableIdentifier identifier(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? TableIdentifier.of(Namespace.of(DEFAULT_NAMESPACE), name)
        : TableIdentifier.of(Namespace.of(name.substring(0, dot)), name.substring(dot + 1));
  }
}
