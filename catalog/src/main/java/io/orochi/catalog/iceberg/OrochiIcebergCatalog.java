package io.orochi.catalog.iceberg;

import java.util.Map;
import org.apache.iceberg.jdbc.JdbcCatalog;

/** The Iceberg catalog of Orochi. */
public final class OrochiIcebergCatalog extends JdbcCatalog {
  public static OrochiIcebergCatalog open(CatalogConfig config) {
    OrochiIcebergCatalog catalog = new OrochiIcebergCatalog();
    catalog.initialize(config.name(), config.toProperties());
    return catalog;
  }

  @Override
  public void initialize(String name, Map<String, String> properties) {
    Map<String, String> jdbc = new java.util.HashMap<>(properties);
    jdbc.put("uri", properties.get(CatalogConfig.METASTORE));
    jdbc.put("jdbc.schema-version", "V1");
    super.initialize(name, jdbc);
  }
}
