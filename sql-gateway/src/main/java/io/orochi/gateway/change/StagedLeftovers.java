package io.orochi.gateway.change;

import io.orochi.catalog.flink.StagedTables;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hidden tables of {@code CREATE TABLE AS} whose server was killed. Nobody can refer to them: a
 * table that was finished has another name.
 */
public final class StagedLeftovers {
  private static final Logger LOG = LoggerFactory.getLogger(StagedLeftovers.class);

  private StagedLeftovers() {}

  /**
   * Drops them with their files. Only for a server that begins, and is the only one on its
   * metastore: another one may be filling such a table. What cannot be dropped stays for the next
   * time.
   */
  public static void drop(OrochiIcebergCatalog catalog) {
    for (Namespace namespace : catalog.listNamespaces()) {
      for (TableIdentifier table : catalog.listTables(namespace)) {
        if (StagedTables.isStaged(table.name())) {
          drop(catalog, table);
        }
      }
    }
  }

  private static void drop(OrochiIcebergCatalog catalog, TableIdentifier table) {
    try {
      StagedTables.drop(catalog, table);
      LOG.info("Dropped {}, which an interrupted CREATE TABLE AS had left", table);
    } catch (RuntimeException stillThere) {
      LOG.warn("Cannot drop {}; the next start tries again", table, stillThere);
    }
  }
}
