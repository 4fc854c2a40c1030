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
              "time_bucket",
              "time_bucket(width, time [, timezone | origin | offset])",
              "The start of the bucket that holds a TIMESTAMP, TIMESTAMP_LTZ or DATE. Buckets of"
                  + " seconds to weeks begin at Monday 2000-01-03 UTC, those of months and years at"
                  + " January 2000; with a time zone they follow its clock, summer time included."
                  + " NULL if any argument is NULL.",
              "time_bucket(INTERVAL '5' MINUTE, ts), time_bucket('1 month', ts, 'Europe/Berlin')",
              new TimeBucketFunction()));

  private Functions() {}

  /** The functions of time, ordered by name. */
  public static List<FunctionSpec> time() {
    return TIME;
  }

  /** All of them by name in lower case. */
  public static Map<String, FunctionDefinition> definitions() {
    Map<String, FunctionDefinition> all = new TreeMap<>(SketchFunctions.all());
    TIME.forEach(function -> all.put(function.name(), function.definition()));
    return all;
  }
}
