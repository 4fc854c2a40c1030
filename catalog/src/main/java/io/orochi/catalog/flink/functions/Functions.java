package io.orochi.catalog.flink.functions;

import io.orochi.sketches.SketchFunctions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.table.functions.FunctionDefinition;

/** Every function of the module {@code orochi}. */
public final class Functions {
  private static final List<FunctionSpec> TIME =
      List.of(
          new FunctionSpec(
              "first",
              "first(value, time)",
              "Aggregate: the value of the row with the least time, NULL if it is NULL there or"
                  + " there is no row. The time is a TIMESTAMP, TIMESTAMP_LTZ, DATE, TIME or"
                  + " number; rows whose time is NULL do not count, of several rows at one time"
                  + " any one does, and NaN is the greatest number. Outside the server the name"
                  + " is written in back-ticks.",
              "SELECT host, first(usage, ts) FROM cpu GROUP BY host",
              new FirstFunction()),
          new FunctionSpec(
              "histogram",
              "histogram(value, min, max, nbuckets)",
              "Aggregate: how many values lie in each of nbuckets equal parts of the range from min"
                  + " to max, as ARRAY<BIGINT> of nbuckets + 2 counts. The first count is of the"
                  + " values below min, the last of those from max on. A part begins with its"
                  + " least number and ends before the next; NaN is the greatest number and NULL"
                  + " does not count. NULL if there is no value. The range and the number of"
                  + " buckets, 1 to 100000, are the same in all rows.",
              "SELECT host, histogram(usage, 0, 100, 10) FROM cpu GROUP BY host",
              new HistogramFunction()),
          new FunctionSpec(
              "last",
              "last(value, time)",
              "Aggregate: the value of the row with the greatest time; else as first.",
              "SELECT host, last(usage, ts) FROM cpu GROUP BY host",
              new LastFunction()),
          new FunctionSpec(
              "time_bucket",
              "time_bucket(width, time [, timezone | origin | offset])",
              "The start of the bucket that holds a TIMESTAMP, TIMESTAMP_LTZ or DATE. Buckets of"
                  + " seconds to weeks begin at Monday 2000-01-03 UTC, those of months and years at"
                  + " January 2000; with a time zone they follow its clock, summer time included."
                  + " NULL if any argument is NULL.",
              "SELECT time_bucket(INTERVAL '5' MINUTE, ts), AVG(v) FROM cpu"
                  + " GROUP BY time_bucket(INTERVAL '5' MINUTE, ts)",
              new TimeBucketFunction()));

  private static final List<FunctionSpec> LAYOUT =
      List.of(
          new FunctionSpec(
              "shard_for",
              "shard_for(value, shards)",
              "The shard that holds the rows of a key in a table distributed over so many shards:"
                  + " Iceberg's bucket transform, bit for bit. Keys are text, bytes, whole and"
                  + " decimal numbers, dates and timestamps; shards is 1 to 1024. NULL if any"
                  + " argument is NULL.",
              "SELECT shard_for(host, 16), COUNT(*) FROM cpu GROUP BY shard_for(host, 16)",
              new ShardForFunction()));

  private static final List<FunctionSpec> SUMMARIES =
      List.of(
          summary(
              "approx_count_distinct",
              "approx_count_distinct(x)",
              "About how many distinct values there are: two of three answers lie within 1.3 %, 95"
                  + " of 100 within 2.6 %. NULL is not counted.",
              "SELECT approx_count_distinct(host) FROM cpu"),
          summary(
              "hll_bounds",
              "hll_bounds(sketch [, std_devs])",
              "A row of lower, estimate and upper: the interval of 1, 2 (default) or 3 standard"
                  + " deviations around the estimate.",
              "SELECT hll_bounds(hll_sketch(host), 3) FROM cpu"),
          summary(
              "hll_estimate",
              "hll_estimate(sketch)",
              "How many distinct values a summary has seen, as DOUBLE.",
              "SELECT hll_estimate(hll_sketch(host)) FROM cpu"),
          summary(
              "hll_sketch",
              "hll_sketch(x [, lg_k])",
              "A mergeable summary of distinct values, as BYTES; lg_k is 4 to 21, 12 if absent."
                  + " Readable by Apache DataSketches.",
              "SELECT region, hll_sketch(host) FROM cpu GROUP BY region"),
          summary(
              "hll_union",
              "hll_union(sketch)",
              "Aggregate: the summary of all that the summaries have seen; NULL if there is none.",
              "SELECT hll_estimate(hll_union(sketch)) FROM daily_hosts"));

  private Functions() {}

  /** The functions of time, ordered by name. */
  public static List<FunctionSpec> time() {
    return TIME;
  }

  /** The functions of layout, ordered by name. */
  public static List<FunctionSpec> layout() {
    return LAYOUT;
  }

  /** The mergeable summaries, ordered by name. */
  public static List<FunctionSpec> summaries() {
    return SUMMARIES;
  }

  private static FunctionSpec summary(
      String name, String signature, String description, String example) {
    return new FunctionSpec(name, signature, description, example, SketchFunctions.all().get(name));
  }

  /** All of them by name in lower case. */
  public static Map<String, FunctionDefinition> definitions() {
    Map<String, FunctionDefinition> all = new TreeMap<>(SketchFunctions.all());
    TIME.forEach(function -> all.put(function.name(), function.definition()));
    LAYOUT.forEach(function -> all.put(function.name(), function.definition()));
    return all;
  }
}
