package io.orochi.gateway.change;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.MetadataTableName;
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
    return Optional.of(of(orochi, table.getIdentifier(), table.getResolvedSchema()));
  }

  /** A table of a catalog of ours, whether it exists or not. */
  public static TargetTable of(OrochiCatalog catalog, ObjectIdentifier id, ResolvedSchema schema) {
    if (MetadataTableName.parse(id.getObjectName()).isPresent()) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
              "Cannot write into a metadata table: " + id.toObjectPath())
          .withHint("It shows what another table holds; change that one.");
    }
    return new TargetTable(
        catalog.icebergCatalog(),
        TableIdentifier.of(Namespace.of(id.getDatabaseName()), id.getObjectName()),
        schema);
  }

  /** How people call it: {@code default.cpu}. */
  String name() {
    return identifier.toString();
  }

  int columns() {
    return schema.getColumnCount();
  }
}
