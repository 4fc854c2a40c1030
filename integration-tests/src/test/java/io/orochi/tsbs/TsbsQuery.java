package io.orochi.tsbs;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One query of TSBS's devops set with its parameters. Its rows are a time or null, a host or null,
 * and numbers.
 *
 * @param hosts empty for all
 * @param from included
 * @param until excluded
 * @param metrics how many of {@link CpuRows#METRICS}, from the first
 */
public record TsbsQuery(
    String name, Shape shape, List<String> hosts, Instant from, Instant until, int metrics) {
  private static final DateTimeFormatter LITERAL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** What is asked about the rows of the hosts and the time. */
  public enum Shape {
    /** The maxima of each minute. */
    MAX_BY_MINUTE,
    /** The maxima of each hour. */
    MAX_BY_HOUR,
    /** The means of each hour and host. */
    MEAN_BY_HOUR_AND_HOST,
    /** The last five minutes' maxima, latest first. */
    LAST_FIVE_MINUTES,
    /** Rows with usage_user above 90. */
    HIGH,
    /** The last row of each host. */
    LAST_ROW
  }

  /** In Flink's dialect, which here is DuckDB's too but for {@code time_bucket}'s interval. */
  public String sql(String table) {
    String where =
        " WHERE ts >= "
            + literal(from)
            + " AND ts < "
            + literal(until)
            + (hosts.isEmpty()
                ? ""
                : " AND hostname IN ("
                    + hosts.stream().map(h -> "'" + h + "'").collect(Collectors.joining(", "))
                    + ")");
    return switch (shape) {
      case MAX_BY_MINUTE ->
          "SELECT "
              + bucket("MINUTE")
              + " AS b, "
              + each("MAX")
              + grouped(table, where, "MINUTE", "b");
      case MAX_BY_HOUR ->
          "SELECT " + bucket("HOUR") + " AS b, " + each("MAX") + grouped(table, where, "HOUR", "b");
      case MEAN_BY_HOUR_AND_HOST ->
          "SELECT "
              + bucket("HOUR")
              + " AS b, hostname, "
              + each("AVG")
              + " FROM "
              + table
              + where
              + " GROUP BY "
              + bucket("HOUR")
              + ", hostname ORDER BY b, hostname";
      case LAST_FIVE_MINUTES ->
          "SELECT "
              + bucket("MINUTE")
              + " AS b, "
              + each("MAX")
              + grouped(table, where, "MINUTE", "b DESC LIMIT 5");
      case HIGH ->
          "SELECT ts, hostname, " + each("") + " FROM " + table + where + " AND usage_user > 90.0";
      case LAST_ROW ->
          "SELECT ts, hostname, "
              + each("")
              + " FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY hostname ORDER BY ts DESC) AS n"
              + " FROM "
              + table
              + ") WHERE n = 1";
    };
  }

  private String grouped(String table, String where, String unit, String order) {
    return " FROM " + table + where + " GROUP BY " + bucket(unit) + " ORDER BY " + order;
  }

  private static String bucket(String unit) {
    return "time_bucket(INTERVAL '1' " + unit + ", ts)";
  }

  private String each(String function) {
    return CpuRows.METRICS.subList(0, metrics).stream()
        .map(
            metric ->
                function.isEmpty()
                    ? metric
                    : function
                        + "("
                        + metric
                        + ") AS "
                        + function.toLowerCase(java.util.Locale.ROOT)
                        + "_"
                        + metric)
        .collect(Collectors.joining(", "));
  }

  private static String literal(Instant at) {
    return "TO_TIMESTAMP_LTZ(" + at.toEpochMilli() + ", 3)";
  }

  @Override
  public String toString() {
    return name + " " + hosts + " " + LITERAL.format(from) + " to " + LITERAL.format(until);
  }
}
