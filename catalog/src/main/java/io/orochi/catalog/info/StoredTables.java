package io.orochi.catalog.info;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Walks over all tables of a catalog. */
final class StoredTables {
  private static final Logger LOG = LoggerFactory.getLogger(StoredTables.class);

  private StoredTables() {}

  record Stored(String database, String name, Table table) {}

  /**
   * Ordered by database and name; a table that is dropped meanwhile, or is damaged, is left out.
   */
  static Stream<Stored> of(OrochiIcebergCatalog catalog) {
    return catalog.listNamespaces().stream()
        .flatMap(namespace -> catalog.listTables(namespace).stream())
        .flatMap(identifier -> load(catalog, identifier).stream());
  }

  private static Optional<Stored> load(OrochiIcebergCatalog catalog, TableIdentifier identifier) {
    try {
      Table table = catalog.loadTable(identifier);
      return Optional.of(new Stored(identifier.namespace().toString(), identifier.name(), table));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    } catch (RuntimeException e) {
      LOG.warn("Leaving a table out of info because it cannot be read: {}", identifier, e);
      return Optional.empty();
    }
  }
}
