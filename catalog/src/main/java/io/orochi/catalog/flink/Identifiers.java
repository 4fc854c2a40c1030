package io.orochi.catalog.flink;

import io.orochi.table.history.MetadataTableName;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.iceberg.catalog.TableIdentifier;

/** Iceberg's names for Flink's: {@code cpu$snapshots} is the metadata table of {@code cpu}. */
final class Identifiers {
  private Identifiers() {}

  static TableIdentifier of(ObjectPath path) {
    return MetadataTableName.parse(path.getObjectName())
        .map(name -> TableIdentifier.of(path.getDatabaseName(), name.table(), name.aspect()))
        .orElseGet(() -> TableIdentifier.of(path.getDatabaseName(), path.getObjectName()));
  }

  static boolean isMetadataTable(ObjectPath path) {
    return MetadataTableName.parse(path.getObjectName()).isPresent();
  }
}
