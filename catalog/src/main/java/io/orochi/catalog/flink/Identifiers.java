package io.orochi.catalog.flink;

import org.apache.flink.table.catalog.ObjectPath;
import org.apache.iceberg.MetadataTableType;
import org.apache.iceberg.catalog.TableIdentifier;

/** Iceberg's names for Flink's: {@code cpu$snapshots} is the metadata table of {@code cpu}. */
final class Identifiers {
  private Identifiers() {}

  static TableIdentifier of(ObjectPath path) {
    String name = path.getObjectName();
    if (isMetadataTable(path)) {
      int dollar = name.lastIndexOf('$');
      return TableIdentifier.of(
          path.getDatabaseName(), name.substring(0, dollar), name.substring(dollar + 1));
    }
    return TableIdentifier.of(path.getDatabaseName(), name);
  }

  static boolean isMetadataTable(ObjectPath path) {
    int dollar = path.getObjectName().lastIndexOf('$');
    return dollar > 0 && MetadataTableType.from(path.getObjectName().substring(dollar + 1)) != null;
  }
}
