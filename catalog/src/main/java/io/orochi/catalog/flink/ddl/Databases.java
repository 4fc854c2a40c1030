package io.orochi.catalog.flink.ddl;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.catalog.CatalogDatabase;
import org.apache.flink.table.catalog.CatalogDatabaseImpl;
import org.apache.flink.table.catalog.exceptions.DatabaseAlreadyExistException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotEmptyException;
import org.apache.flink.table.catalog.exceptions.DatabaseNotExistException;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;

/** Flink's databases are the namespaces of one level. */
public final class Databases {
  private static final String COMMENT = "comment";

  private final String catalog;
  private final SupportsNamespaces namespaces;

  /**
   * @param catalog its name, for messages
   */
  public Databases(String catalog, SupportsNamespaces namespaces) {
    this.catalog = catalog;
    this.namespaces = namespaces;
  }

  public List<String> list() {
    return namespaces.listNamespaces(Namespace.empty()).stream().map(one -> one.level(0)).toList();
  }

  public CatalogDatabase get(String name) throws DatabaseNotExistException {
    try {
      Map<String, String> properties =
          new HashMap<>(namespaces.loadNamespaceMetadata(Namespace.of(name)));
      String comment = properties.remove(COMMENT);
      return new CatalogDatabaseImpl(properties, comment);
    } catch (NoSuchNamespaceException e) {
      throw new DatabaseNotExistException(catalog, name, e);
    }
  }

  public void create(String name, CatalogDatabase database) throws DatabaseAlreadyExistException {
    try {
      namespaces.createNamespace(Namespace.of(name), propertiesOf(database));
    } catch (AlreadyExistsException e) {
      throw new DatabaseAlreadyExistException(catalog, name, e);
    }
  }

  public void drop(String name) throws DatabaseNotExistException, DatabaseNotEmptyException {
    try {
      if (!namespaces.dropNamespace(Namespace.of(name))) {
        throw new DatabaseNotExistException(catalog, name);
      }
    } catch (NoSuchNamespaceException e) {
      throw new DatabaseNotExistException(catalog, name, e);
    } catch (NamespaceNotEmptyException e) {
      throw new DatabaseNotEmptyException(catalog, name, e);
    }
  }

  /** Afterwards the database has the properties and the comment of {@code changed}, no others. */
  public void alter(String name, CatalogDatabase changed) throws DatabaseNotExistException {
    Namespace namespace = Namespace.of(name);
    try {
      Map<String, String> wanted = propertiesOf(changed);
      Set<String> removed = new HashSet<>(namespaces.loadNamespaceMetadata(namespace).keySet());
      removed.removeAll(wanted.keySet());
      if (!wanted.isEmpty()) {
        namespaces.setProperties(namespace, wanted);
      }
      if (!removed.isEmpty()) {
        namespaces.removeProperties(namespace, removed);
      }
    } catch (NoSuchNamespaceException e) {
      throw new DatabaseNotExistException(catalog, name, e);
    }
  }

  private static Map<String, String> propertiesOf(CatalogDatabase database) {
    Map<String, String> properties = new HashMap<>(database.getProperties());
    String comment = database.getComment();
    if (comment != null && !comment.isBlank()) {
      properties.put(COMMENT, comment);
    }
    return properties;
  }
}
