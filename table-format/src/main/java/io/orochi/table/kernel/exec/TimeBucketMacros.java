package io.orochi.table.kernel.exec;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * {@code time_bucket} as TimescaleDB defines it, where DuckDB's own differs. DuckDB's own has the
 * same origins (2000-01-03 for fixed widths, 2000-01-01 for months, both UTC) and is used as it is
 * for {@code (width, ts)}, {@code (width, ts, origin)} and {@code (width, ts, offset)}. With a time
 * zone DuckDB cuts hours in UTC; TimescaleDB cuts local time, which these macros do.
 */
public final class TimeBucketMacros {
  private static final List<String> MACROS =
      List.of(
          "CREATE MACRO time_bucket_zone(width, ts, zone) AS"
              + " timezone(zone, time_bucket(width, timezone(zone, ts)))",
          "CREATE MACRO time_bucket_zone_origin(width, ts, zone, origin) AS"
              + " timezone(zone, time_bucket(width, timezone(zone, ts), timezone(zone, origin)))",
          "CREATE MACRO time_bucket_zone_offset(width, ts, zone, shift) AS"
              + " timezone(zone, time_bucket(width, timezone(zone, ts), shift))");

  private TimeBucketMacros() {}

  public static void create(Connection connection) throws SQLException {
    for (String macro : MACROS) {
      Statements.execute(connection, macro);
    }
  }
}
