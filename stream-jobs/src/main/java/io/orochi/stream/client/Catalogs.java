package io.orochi.stream.client;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Arrays;
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
    String[] parts = name.split("\\.", -1);
    if (parts.length > 2 || Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw OrochiException.of(OrochiErrorCode.INVALID_ARGUMENT, "Invalid table name: " + name)
          .withHint("Write --table TABLE or --table DATABASE.TABLE.");
    }
    return parts.length == 1
        ? TableIdentifier.of(Namespace.of(DEFAULT_NAMESPACE), name)
        : TableIdentifier.of(Namespace.of(parts[0]), parts[1]);
  }
}
