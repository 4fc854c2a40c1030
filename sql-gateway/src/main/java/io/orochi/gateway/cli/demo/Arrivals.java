package io.orochi.gateway.cli.demo;

import io.orochi.gateway.cli.sql.SqlSession;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;

/**
 * How much has arrived in the demo's tables at one moment.
 *
 * @param newest the time of the newest sample of this machine
 */
record Arrivals(Instant at, long rows, long files, Instant newest) {
  private static final Duration WINDOW = Duration.ofMinutes(2);

  /** Asks the server; the newest sample is looked for in the last chunk only. */
  static Arrivals in(SqlSession session) {
    Object[] totals =
        FirstRow.of(
            session,
            "SELECT sum(num_rows), sum(num_files) FROM info.hypertables"
                + " WHERE hypertable_schema = '"
                + DemoQuery.DATABASE
                + "'");
    Instant now = Instant.now();
    Object newest =
        FirstRow.of(
            session,
            "SELECT max(ts) FROM "
                + DemoQuery.HOST_TABLE
                + " WHERE ts > TO_TIMESTAMP_LTZ("
                + now.minus(WINDOW).toEpochMilli()
                + ", 3)")[0];
    Instant newestAt = newest instanceof OffsetDateTime time ? time.toInstant() : now.minus(WINDOW);
    return new Arrivals(now, number(totals[0]), number(totals[1]), newestAt);
  }

  /** One line. */
  String since(Arrivals before) {
    double seconds = Math.max(1, Duration.between(before.at, at).toMillis()) / 1000.0;
    return String.format(
        Locale.ROOT,
        "%,d rows  %,.0f rows/s  %,d files  lag %.1f s",
        rows,
        (rows - before.rows) / seconds,
        files,
        Duration.between(newest, at).toMillis() / 1000.0);
  }

  private static long number(Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }
}
