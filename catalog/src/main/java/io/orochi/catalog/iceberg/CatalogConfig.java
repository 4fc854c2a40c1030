package io.orochi.catalog.iceberg;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.secret.Secrets;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is needed to open the catalog again, in this process or in a Flink task.
 *
 * @param name the name under which tables are recorded in the metastore
 * @param warehouse the root of new tables: an absolute path, a {@code file:} or an {@code s3:} URI
 * @param metastoreUri {@code jdbc:sqlite:…} or {@code jdbc:postgresql:…}
 * @param properties Iceberg catalog properties, and {@code metastore.user}, {@code
 *     metastore.password}
 */
public record CatalogConfig(
    String name, String warehouse, String metastoreUri, Map<String, String> properties)
    implements Serializable {
  /** Sessions may call the catalog what they like; its tables are recorded under one name. */
  public static final String NAME = "catalog-name";

  public static final String NAME_DEFAULT = "orochi";
  public static final String WAREHOUSE = "warehouse";
  public static final String METASTORE = "metastore";
  public static final String METASTORE_USER = "metastore.user";
  public static final String METASTORE_PASSWORD = "metastore.password";

  public CatalogConfig {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(warehouse, "warehouse");
    Objects.requireNonNull(metastoreUri, "metastoreUri");
    warehouse = Locations.normalize(warehouse);
    Map<String, String> others = new TreeMap<>(properties);
    others.remove(WAREHOUSE);
    others.remove(METASTORE);
    properties = Map.copyOf(others);
  }

  /** The options of {@code CREATE CATALOG}, each with its meaning, for the reference page. */
  public static Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put(WAREHOUSE, "The root of new tables: an absolute path, a `file:` or an `s3:` URI.");
    options.put(METASTORE, "`jdbc:sqlite:PATH` or `jdbc:postgresql://HOST:PORT/DATABASE`.");
    options.put(METASTORE_USER, "Who signs in to PostgreSQL.");
    options.put(METASTORE_PASSWORD, "The password; never shown again.");
    options.put(
        NAME, "The name under which tables are recorded; `" + NAME_DEFAULT + "` if absent.");
    options.put("s3.*, client.*, io-impl", "Iceberg's options of its file access.");
    options.put("table-default.*", "Properties of new tables that do not set them.");
    return options;
  }

  /** The catalog that lives in a data folder. */
  public static CatalogConfig embedded(DataFolder folder) {
    return new CatalogConfig(
        NAME_DEFAULT,
        folder.warehouse().toString(),
        "jdbc:sqlite:" + folder.metastoreFile(),
        Map.of());
  }

  /** The catalog of a data folder: the one its server has recorded, else the embedded one. */
  public static CatalogConfig of(DataFolder folder) {
    return CatalogRecord.read(folder).orElseGet(() -> embedded(folder));
  }

  /** Lets every command that knows the data folder find this catalog by {@link #of}. */
  public void record(DataFolder folder) {
    CatalogRecord.write(folder, this);
  }

  /**
   * Reads what {@link #toProperties} has written; {@code warehouse} and {@code metastore} required.
   */
  public static CatalogConfig fromProperties(String name, Map<String, String> properties) {
    return new CatalogConfig(
        name,
        Required.option(properties, WAREHOUSE),
        Required.option(properties, METASTORE),
        properties);
  }

  /** The folder of the warehouse; empty if it is not on this machine's disks. */
  public Optional<Path> localWarehouse() {
    return Locations.isLocal(warehouse)
        ? Optional.of(Locations.toPath(warehouse))
        : Optional.empty();
  }

  /** Everything, secrets included: for configuration and never for display. */
  public Map<String, String> toProperties() {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.put(WAREHOUSE, warehouse);
    all.put(METASTORE, metastoreUri);
    return all;
  }

  @Override
  public String toString() {
    return "CatalogConfig[name=" + name + ", " + Secrets.redact(toProperties()) + "]";
  }
}
