package io.orochi.catalog.iceberg;

import io.orochi.catalog.metastore.MetastoreChange;
import io.orochi.catalog.metastore.MetastoreKey;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** How Iceberg's names become metastore keys; the texts are those of Iceberg's JdbcCatalog. */
final class Keys {
  /** The property that makes a namespace without properties exist. */
  static final String EXISTS = "exists";

  private static final String TRUE = "true";

  private Keys() {}

  static MetastoreKey table(TableIdentifier identifier) {
    return MetastoreKey.table(text(identifier.namespace()), identifier.name());
  }

  static MetastoreKey view(TableIdentifier identifier) {
    return MetastoreKey.view(text(identifier.namespace()), identifier.name());
  }

  static MetastoreKey property(Namespace namespace, String property) {
    return MetastoreKey.namespaceProperty(text(namespace), property);
  }

  static MetastoreChange createNamespace(Namespace namespace) {
    return new MetastoreChange.Create(property(namespace, EXISTS), TRUE);
  }

  /** Makes the creation of a table fail if its namespace is dropped meanwhile. */
  static MetastoreChange namespaceStillExists(TableIdentifier identifier) {
    return new MetastoreChange.Replace(property(identifier.namespace(), EXISTS), TRUE, TRUE);
  }

  static String text(Namespace namespace) {
    return String.join(".", namespace.levels());
  }

  static Namespace namespace(String text) {
    return text.isEmpty() ? Namespace.empty() : Namespace.of(text.split("\\.", -1));
  }
}
