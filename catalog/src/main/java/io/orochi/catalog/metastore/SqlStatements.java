package io.orochi.catalog.metastore;

import io.orochi.catalog.metastore.MetastoreKey.Space;

/**
 * The SQL of each space. Tables, views and namespaces keep the layout of Iceberg's JdbcCatalog
 * (schema version V1), so that a stock JdbcCatalog of the same catalog name reads and commits the
 * same tables. A null {@code iceberg_type} is a table written before views existed.
 *
 * <p>Parameters: get (catalog, group, name); list (catalog, group); scan (catalog, LIKE pattern);
 * create (value, catalog, group, name); replace (value, [expected,] catalog, group, name,
 * expected); delete (catalog, group, name, expected).
 */
record SqlStatements(
    String get, String list, String scan, String create, String replace, String delete) {

  static final String[] SCHEMA = {
    "CREATE TABLE IF NOT EXISTS iceberg_tables ("
        + "catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL, "
        + "table_name VARCHAR(255) NOT NULL, metadata_location VARCHAR(1000), "
        + "previous_metadata_location VARCHAR(1000), iceberg_type VARCHAR(5), "
        + "PRIMARY KEY (catalog_name, table_namespace, table_name))",
    "CREATE TABLE IF NOT EXISTS iceberg_namespace_properties ("
        + "catalog_name VARCHAR(255) NOT NULL, namespace VARCHAR(255) NOT NULL, "
        + "property_key VARCHAR(255), property_value VARCHAR(1000), "
        + "PRIMARY KEY (catalog_name, namespace, property_key))",
    "CREATE TABLE IF NOT EXISTS orochi_records ("
        + "catalog_name VARCHAR(255) NOT NULL, kind VARCHAR(255) NOT NULL, "
        + "name VARCHAR(255) NOT NULL, value TEXT NOT NULL, "
        + "PRIMARY KEY (catalog_name, kind, name))"
  };

  /** Brings a table of schema version V0 to V1. */
  static final String ADD_TYPE = "ALTER TABLE iceberg_tables ADD COLUMN iceberg_type VARCHAR(5)";

  private static final SqlStatements TABLES =
      pointers("TABLE", "(iceberg_type = 'TABLE' OR iceberg_type IS NULL)");
  private static final SqlStatements VIEWS = pointers("VIEW", "iceberg_type = 'VIEW'");
  private static final SqlStatements NAMESPACES =
      values("iceberg_namespace_properties", "namespace", "property_key", "property_value");
  private static final SqlStatements RECORDS = values("orochi_records", "kind", "name", "value");

  static SqlStatements of(Space space) {
    return switch (space) {
      case TABLE -> TABLES;
      case VIEW -> VIEWS;
      case NAMESPACE -> NAMESPACES;
      case RECORD -> RECORDS;
    };
  }

  /** Whether {@link #replace} takes the expected value as the new previous value. */
  static boolean keepsPrevious(Space space) {
    return space == Space.TABLE || space == Space.VIEW;
  }

  private static SqlStatements pointers(String type, String isType) {
    String columns = "SELECT table_namespace, table_name, metadata_location FROM iceberg_tables";
    String one = " WHERE catalog_name = ? AND table_namespace = ? AND table_name = ? AND " + isType;
    return new SqlStatements(
        columns + one,
        columns + " WHERE catalog_name = ? AND table_namespace = ? AND " + isType,
        columns + " WHERE catalog_name = ? AND table_namespace LIKE ? ESCAPE '!' AND " + isType,
        "INSERT INTO iceberg_tables (metadata_location, catalog_name, table_namespace, table_name,"
            + " iceberg_type) VALUES (?, ?, ?, ?, '"
            + type
            + "')",
        "UPDATE iceberg_tables SET metadata_location = ?, previous_metadata_location = ?"
            + one
            + " AND metadata_location = ?",
        "DELETE FROM iceberg_tables" + one + " AND metadata_location = ?");
  }

  private static SqlStatements values(String table, String group, String name, String value) {
    String columns = "SELECT " + group + ", " + name + ", " + value + " FROM " + table;
    String one = " WHERE catalog_name = ? AND " + group + " = ? AND " + name + " = ?";
    return new SqlStatements(
        columns + one,
        columns + " WHERE catalog_name = ? AND " + group + " = ?",
        columns + " WHERE catalog_name = ? AND " + group + " LIKE ? ESCAPE '!'",
        "INSERT INTO "
            + table
            + " ("
            + value
            + ", catalog_name, "
            + group
            + ", "
            + name
            + ") VALUES (?, ?, ?, ?)",
        "UPDATE " + table + " SET " + value + " = ?" + one + " AND " + value + " = ?",
        "DELETE FROM " + table + one + " AND " + value + " = ?");
  }
}
