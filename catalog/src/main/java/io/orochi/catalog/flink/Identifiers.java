package io.orochi.catalog.flink;

import io.orochi.table.history.MetadataTableName;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.iceberg.catalog.TableIdentifier;

/** Iceberg's names for Flink's: {@code cpu$snapshots} is the metadata table of {@code cpu}. */
final class Identifiers {
  private Identifiers() {}

  static TableIdentifier of(ObjectPath path) {
    return MetadataTableName.parse(path.getObjectName())
        .map(
            name ->
                name.isChangelog()
                    ? TableIdentifier.of(path.getDatabaseName(), name.table())
                    : TableIdentifier.of(path.getDatabaseName(), name.table(), name.aspect()))
        .orElseGet(() -> TableIdentifier.of(path.getDatabaseName(), path.getObjectName()));
  }

  /** The changelog is computed from the table itself, which {@link #of} names. */
  static boolean isChangelog(ObjectPath path) {
    return MetadataTableName.parse(path.getObjectName())
        .filter(MetadataTableName::isChangelog)
        .isPresent();
  }

  static boolean isMetadataTable(ObjectPath path) {
    return MetadataTableName.parse(path.getObjectName()).isPresent();
  }
}
