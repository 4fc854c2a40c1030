package io.orochi.catalog.flink.source;

import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.ReadPoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkReadOptions;

/**
 * Which snapshot the options of a statement choose, and which options only the stock source has.
 * Options come from the table's properties and from {@code OPTIONS} hints.
 */
public final class ReadOptions {
  /** Each chooses one snapshot. */
  private static final List<String> SNAPSHOTS =
      List.of(
          FlinkReadOptions.SNAPSHOT_ID.key(),
          FlinkReadOptions.AS_OF_TIMESTAMP.key(),
          FlinkReadOptions.TAG.key(),
          FlinkReadOptions.BRANCH.key());

  /** They read what lies between two snapshots. */
  private static final List<String> BETWEEN_SNAPSHOTS =
      List.of(
          FlinkReadOptions.START_SNAPSHOT_ID.key(),
          FlinkReadOptions.START_SNAPSHOT_TIMESTAMP.key(),
          FlinkReadOptions.END_SNAPSHOT_ID.key(),
          FlinkReadOptions.START_TAG.key(),
          FlinkReadOptions.END_TAG.key(),
          FlinkReadOptions.STREAMING,
          FlinkReadOptions.LIMIT);

  /** They change how fast rows come, not which. */
  private static final List<String> TUNING =
      List.of(
          FlinkReadOptions.CASE_SENSITIVE,
          FlinkReadOptions.STARTING_STRATEGY,
          FlinkReadOptions.SPLIT_SIZE,
          FlinkReadOptions.SPLIT_LOOKBACK,
          FlinkReadOptions.SPLIT_FILE_OPEN_COST,
          FlinkReadOptions.MONITOR_INTERVAL,
          FlinkReadOptions.INCLUDE_COLUMN_STATS,
          FlinkReadOptions.MAX_PLANNING_SNAPSHOT_COUNT,
          FlinkReadOptions.MAX_ALLOWED_PLANNING_FAILURES,
          FlinkReadOptions.WATERMARK_COLUMN,
          FlinkReadOptions.WATERMARK_COLUMN_TIME_UNIT);

  private static final String PREFIX = "connector.iceberg.";
  private static final String PARQUET = "parquet";

  private ReadOptions() {}

  /** Whether the kernel reads what the options ask for. */
  public static boolean kernelReads(Map<String, String> options) {
    return BETWEEN_SNAPSHOTS.stream().noneMatch(options::containsKey)
        && options
            .getOrDefault(TableProperties.DEFAULT_FILE_FORMAT, PARQUET)
            .equalsIgnoreCase(PARQUET);
  }

  /**
   * The snapshot that the options choose; null for the current one.
   *
   * @throws OrochiException SNAPSHOT_NOT_FOUND, REFERENCE_NOT_FOUND; UNKNOWN_OPTION for a hint that
   *     means nothing; INVALID_OPTION_VALUE
   */
  public static Long snapshotId(Table table, Map<String, String> options) {
    List<String> chosen = SNAPSHOTS.stream().filter(options::containsKey).toList();
    requireKnown(table, options);
    if (chosen.isEmpty()) {
      return null;
    }
    if (chosen.size() > 1) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_OPTION_VALUE,
              "Cannot read " + table.name() + " at two points: " + String.join(" and ", chosen))
          .withHint("Give one of " + String.join(", ", SNAPSHOTS) + ".");
    }
    String value = options.get(chosen.get(0));
    Configuration read = Configuration.fromMap(options);
    if (chosen.get(0).equals(FlinkReadOptions.SNAPSHOT_ID.key())) {
      return existing(table, number(chosen.get(0), value));
    } else if (chosen.get(0).equals(FlinkReadOptions.AS_OF_TIMESTAMP.key())) {
      return ReadPoints.asOf(table, Instant.ofEpochMilli(number(chosen.get(0), value)))
          .snapshotId();
    }
    return snapshotOf(
        table,
        read.getOptional(FlinkReadOptions.TAG).orElseGet(() -> read.get(FlinkReadOptions.BRANCH)));
  }

  private static long number(String option, String value) {
    try {
      return Long.parseLong(value.strip());
    } catch (NumberFormatException e) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_OPTION_VALUE, "Invalid value for " + option + ": " + value)
          .withHint("`<table>$snapshots` lists the snapshots, in milliseconds since 1970.")
          .causedBy(e);
    }
  }

  private static Long existing(Table table, long snapshotId) {
    if (table.snapshot(snapshotId) == null) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              "Cannot find snapshot " + snapshotId + " of table " + table.name())
          .withHint("SELECT snapshot_id FROM `<table>$snapshots` lists those that exist.");
    }
    return snapshotId;
  }

  private static Long snapshotOf(Table table, String reference) {
    Snapshot snapshot = table.snapshot(reference);
    if (snapshot == null) {
      throw OrochiException.of(
              OrochiErrorCode.REFERENCE_NOT_FOUND,
              "Cannot find tag or branch " + reference + " of table " + table.name())
          .withHint("Tags and branches: " + String.join(", ", table.refs().keySet()) + ".");
    }
    return snapshot.snapshotId();
  }

  /** A misspelt hint would silently read the current rows. */
  private static void requireKnown(Table table, Map<String, String> options) {
    List<String> known =
        Stream.of(SNAPSHOTS, BETWEEN_SNAPSHOTS, TUNING).flatMap(List::stream).toList();
    Optional<String> unknown =
        options.keySet().stream()
            .filter(key -> !key.startsWith(PREFIX) && !known.contains(key))
            .filter(key -> !table.properties().containsKey(key))
            .findFirst();
    if (unknown.isPresent()) {
      throw OrochiException.of(
              OrochiErrorCode.UNKNOWN_OPTION, "Unknown read option: " + unknown.get())
          .withHint(NearestName.hint(unknown.get(), known));
    }
  }
}
