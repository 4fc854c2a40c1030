package io.orochi.gateway.change;

import io.orochi.catalog.flink.OrochiCatalog;
import java.util.Optional;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** The table a statement changes. */
public record TargetTable(Catalog catalog, TableIdentifier identifier, ResolvedSchema schema) {
  /** Empty if the table is not in an Orochi catalog. */
  public static Optional<TargetTable> of(ContextResolvedTable table) {
    if (table.isAnonymous() || !(table.getCatalog().orElse(null) instanceof OrochiCatalog orochi)) {
      return Optional.empty();
    }
    ObjectIdentifier id = table.getIdentifier();
    return Optional.of(
        new TargetTable(
            orochi.icebergCatalog(),
            TableIdentifier.of(Namespace.of(id.getDatabaseName()), id.getObjectName()),
            table.getResolvedSchema()));
  }

  /** How people call it: {@code default.cpu}. */
  String name() {
    return identifier.toString();
  }

  int columns() {
    return schema.getColumnCount();
  }
}
