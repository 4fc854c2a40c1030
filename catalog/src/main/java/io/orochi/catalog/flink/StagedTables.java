package io.orochi.catalog.flink;

import java.util.UUID;
import org.apache.flink.table.catalog.ObjectPath;

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
}
