package io.orochi.catalog.flink;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.util.UUID;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * Names of tables that are being filled by {@code CREATE TABLE AS} and are not shown until they get
 * their own name.
 */
public final class StagedTables {
  private static final String MARK = "$staged_";

  private StagedTables() {}

  /** A name that no other statement uses. */
  public static ObjectPath of(ObjectPath target) {
    return new ObjectPath(
        target.getDatabaseName(),
        target.getObjectName() + MARK + UUID.randomUUID().toString().replace("-", ""));
  }

  public static boolean isStaged(String name) {
    return name.contains(MARK);
  }

  /**
   * Drops such a table with all files, also those that a failed job has written and not committed.
   * A folder that does not have the table's own name may hold files of others and stays.
   */
  public static void drop(OrochiIcebergCatalog catalog, TableIdentifier staged) {
    String location = catalog.loadTable(staged).location();
    if (catalog.dropTable(staged, true)
        && location.endsWith("/" + staged.name())
        && catalog.fileIO() instanceof SupportsPrefixOperations files) {
      files.deletePrefix(location + "/");
    }
  }
}
