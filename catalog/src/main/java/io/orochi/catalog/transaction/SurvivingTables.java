package io.orochi.catalog.transaction;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.catalog.trash.DroppedTable;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** Finds a table by what never changes about it. */
final class SurvivingTables {
  private final OrochiIcebergCatalog catalog;

  SurvivingTables(OrochiIcebergCatalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Empty if it is not there under any name, and was not dropped so that it could come back.
   *
   * @param name where to look first
   * @throws RuntimeException if that cannot be told, because some table cannot be read
   */
  Optional<Table> find(String uuid, TableIdentifier name) {
    return named(uuid, name)
        .or(() -> alive(uuid))
        .or(() -> dropped(uuid))
        .or(() -> alive(uuid)); // another server may have brought it back between the two looks
  }

  private Optional<Table> named(String uuid, TableIdentifier name) {
    return load(name).filter(table -> isIt(table, uuid));
  }

  private Optional<Table> alive(String uuid) {
    for (Namespace namespace : catalog.listNamespaces()) {
      for (TableIdentifier identifier : catalog.listTables(namespace)) {
        Optional<Table> table = named(uuid, identifier);
        if (table.isPresent()) {
          return table;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Table> dropped(String uuid) {
    for (DroppedTable dropped : catalog.droppedTables().all()) {
      Table table =
          new BaseTable(
              new StaticTableOperations(dropped.metadataLocation(), catalog.fileIO()),
              dropped.name());
      if (isIt(table, uuid)) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }

  private Optional<Table> load(TableIdentifier identifier) {
    try {
      return Optional.of(catalog.loadTable(identifier));
    } catch (NoSuchTableException absent) {
      return Optional.empty();
    }
  }

  private static boolean isIt(Table table, String uuid) {
    return ((HasTableOperations) table).operations().current().uuid().equals(uuid);
  }
}
