package io.orochi.gateway.plan.error;

import io.orochi.catalog.flink.procedure.Procedures;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What users of PostgreSQL, TimescaleDB and Trino write, and how it is said here. */
final class ForeignWords {
  private static final String LISTAGG = "Write LISTAGG(x, ',').";
  private static final String PERCENTILE = "Write PERCENTILE(x, 0.95).";

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry(
              "date_trunc", "Write FLOOR(ts TO HOUR), or time_bucket(INTERVAL '1' HOUR, ts)."),
          Map.entry("date_part", "Write EXTRACT(HOUR FROM ts)."),
          Map.entry("date_add", "Write ts + INTERVAL '1' DAY."),
          Map.entry("date_diff", "Write TIMESTAMPDIFF(DAY, earlier, later)."),
          Map.entry("to_char", "Write DATE_FORMAT(ts, 'yyyy-MM-dd HH:mm')."),
          Map.entry("string_agg", LISTAGG),
          Map.entry("group_concat", LISTAGG),
          Map.entry("approx_distinct", "Write approx_count_distinct(x)."),
          Map.entry("percentile_cont", PERCENTILE),
          Map.entry("percentile_disc", PERCENTILE),
          Map.entry("approx_percentile", PERCENTILE),
          Map.entry("ilike", "Write LOWER(x) LIKE 'a%'."),
          Map.entry("vacuum", "CALL sys.expire_snapshots(relation => 't') frees old snapshots."),
          Map.entry("column", "Write ALTER TABLE t ADD x INT, DROP x or RENAME x TO y."),
          Map.entry("recursive", "No engine runs recursive queries."),
          Map.entry("copy", "The command orochi ingest FILE --table t loads files."),
          Map.entry("grant", "There are no users and no rights yet."),
          Map.entry("revoke", "There are no users and no rights yet."),
          Map.entry(
              "index",
              "The table option orochi.bloom-filter is for columns looked up by = or IN."));

  private ForeignWords() {}

  /** Empty for a word that is no system's, or that means the same here. */
  static Optional<String> advice(String word) {
    String name = word.toLowerCase(Locale.ROOT);
    return Procedures.find(name)
        .map(procedure -> "It is a procedure: " + procedure.example())
        .or(() -> Optional.ofNullable(ADVICE.get(name)));
  }
}
