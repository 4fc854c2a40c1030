package io.orochi.catalog.flink;

import io.orochi.catalog.iceberg.CatalogConfig;
import java.util.Map;
import org.apache.flink.table.catalog.Catalog;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.flink.FlinkCatalogFactory;

/** {@code CREATE CATALOG c WITH ('type' = 'orochi', 'warehouse' = …, 'metastore' = …)}. */
public final class OrochiCatalogFactory extends FlinkCatalogFactory {
  /** The value of the option {@code type}. */
  public static final String IDENTIFIER = "orochi";

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  protected Catalog createCatalog(
      String name, Map<String, String> properties, Configuration hadoopConf) {
    return new OrochiCatalog(
        name,
        CatalogConfig.fromProperties(
            properties.getOrDefault(CatalogConfig.NAME, CatalogConfig.NAME_DEFAULT), properties));
  }
}
