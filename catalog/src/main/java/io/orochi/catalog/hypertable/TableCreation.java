package io.orochi.catalog.hypertable;

import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/** Creates tables that several processes may want at once. */
public final class TableCreation {
  private TableCreation() {}

  /** Creates the table and its namespace; what is there already stays as it is. */
  public static void createIfAbsent(
      Catalog catalog,
      TableIdentifier identifier,
      Schema schema,
      PartitionSpec spec,
      Map<String, String> properties) {
    if (catalog.tableExists(identifier)) {
      return;
    }
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(identifier.namespace())) {
      try {
        namespaces.createNamespace(identifier.namespace());
      } catch (AlreadyExistsException e) {
        // Another process was faster.
      }
    }
    try {
      catalog
          .buildTable(identifier, schema)
          .withPartitionSpec(spec)
          .withProperties(properties)
          .create();
    } catch (AlreadyExistsException e) {
      // Another process was faster; its table is used.
    }
  }
}
