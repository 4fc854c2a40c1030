package io.orochi.catalog.info;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.layout.TableLayout;
import java.util.stream.Stream;
import org.apache.iceberg.Table;

/** Walks over all hypertables of a catalog. */
final class HypertableScan {
  private HypertableScan() {}

  record Hypertable(String database, String name, Table table, TableLayout layout) {}

  /**
   * Ordered by database and name; a table that is dropped meanwhile, or is damaged, is left out.
   */
  static Stream<Hypertable> of(OrochiIcebergCatalog catalog) {
    return StoredTables.of(catalog)
        .flatMap(
            stored ->
                TableLayout.of(stored.table())
                    .map(
                        layout ->
                            new Hypertable(
                                stored.database(), stored.name(), stored.table(), layout))
                    .stream());
  }
}
