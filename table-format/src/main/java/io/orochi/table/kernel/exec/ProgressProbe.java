package io.orochi.table.kernel.exec;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.duckdb.DuckDBConnection;
import org.duckdb.QueryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks how far a connection's query is. The driver's public method is one of prepared statements;
 * the connection's own knows every kind but is not public, hence the reflection.
 */
public final class ProgressProbe {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressProbe.class);

  private final DuckDBConnection connection;
  private final Method progress;

  /** Makes the connection count from now on; nothing is printed. */
  public ProgressProbe(DuckDBConnection connection) throws SQLException {
    this.connection = connection;
    Statements.execute(
        connection, "SET enable_progress_bar_print = false; SET enable_progress_bar = true");
    try {
      this.progress = DuckDBConnection.class.getDeclaredMethod("queryProgress");
      this.progress.setAccessible(true);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this DuckDB driver cannot tell a query's progress", e);
    }
  }

  /**
   * From 0 to 1, by what the operators have read of what they expect to read; empty if nothing runs
   * or nothing is known. Any thread.
   */
  public OptionalDouble progress() {
    try {
      double percent = ((QueryProgress) progress.invoke(connection)).getPercentage();
      return percent >= 0 ? OptionalDouble.of(Math.min(1, percent / 100)) : OptionalDouble.empty();
    } catch (InvocationTargetException e) {
      LOG.debug("The connection was closed before it could tell", e.getCause());
      return OptionalDouble.empty();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
