package io.orochi.gateway.plan.scan;

import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;

/** The tables as the statements of one session see them. */
public interface SessionTables {
  /** Outside a transaction: as they were committed last. */
  SessionTables COMMITTED = Catalog::loadTable;

  /**
   * @throws org.apache.iceberg.exceptions.NoSuchTableException if it does not exist
   */
  Table table(Catalog catalog, TableIdentifier identifier);

  /**
   * Whether the session's queries read exactly the tables as they are committed now, so that it may
   * share plans and results with other sessions. Inside a transaction they do not.
   */
  default boolean readsCommitted() {
    return true;
  }

  /**
   * A statement will read the rows of a table that a filter selects.
   *
   * @param table as {@link #table} gave it
   */
  default void willRead(Table table, Expression filter) {}
}
