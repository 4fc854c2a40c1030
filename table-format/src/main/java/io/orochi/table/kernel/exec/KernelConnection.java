package io.orochi.table.kernel.exec;

import io.orochi.table.kernel.sql.SqlText;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/**
 * A connection with what it takes a small query's time to set up: it counts progress, can be
 * interrupted, and knows its time zone. One session at a time.
 */
public final class KernelConnection {
  static final String FIRST_ZONE = "UTC";

  private final DuckDBConnection connection;
  private final Interrupter interrupter;
  private final ProgressProbe probe;
  private String zone = FIRST_ZONE;

  KernelConnection(DuckDBConnection connection) throws SQLException {
    this.connection = connection;
    this.interrupter = new Interrupter(connection);
    this.probe = new ProgressProbe(connection);
  }

  public DuckDBConnection jdbc() {
    return connection;
  }

  public Interrupter interrupter() {
    return interrupter;
  }

  public ProgressProbe probe() {
    return probe;
  }

  /** Costs nothing if it is the zone of the last statement. */
  public void use(String wanted) throws SQLException {
    if (!zone.equals(wanted)) {
      Statements.execute(connection, "SET SESSION TimeZone = " + SqlText.literal(wanted));
      zone = wanted;
    }
  }
}
