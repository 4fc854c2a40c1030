package io.orochi.catalog.flink;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.flink.FlinkCatalog;

/**
 * The Flink catalog {@code orochi}. Safe for the threads of one session and for several sessions.
 */
public class OrochiCatalog extends FlinkCatalog {
  /** The database of a session that has not chosen one. */
  public static final String DEFAULT_DATABASE = "default";

  private final CatalogConfig config;

  public OrochiCatalog(String name, CatalogConfig config) {
    super(
        name,
        DEFAULT_DATABASE,
        Namespace.empty(),
        loader(name, config),
        config.toProperties(),
        false,
        -1);
    this.config = config;
  }

  public CatalogConfig config() {
    return config;
  }

  /** The same tables without Flink; closed with this catalog. */
  public OrochiIcebergCatalog icebergCatalog() {
    return (OrochiIcebergCatalog) catalog();
  }

  private static CatalogLoader loader(String name, CatalogConfig config) {
    return CatalogLoader.custom(
        config.name(),
        config.toProperties(),
        new Configuration(),
        OrochiIcebergCatalog.class.getName());
  }
}
