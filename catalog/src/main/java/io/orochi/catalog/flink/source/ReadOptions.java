package io.orochi.catalog.flink.source;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.flink.FlinkReadOptions;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Which snapshot the options of a statement choose, and which options only the stock source has.
 */
final class ReadOptions {
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

  private static final String PARQUET = "parquet";

  private ReadOptions() {}

  static boolean kernelReads(Map<String, String> options) {
    return BETWEEN_SNAPSHOTS.stream().noneMatch(options::containsKey)
        && options
            .getOrDefault(TableProperties.DEFAULT_FILE_FORMAT, PARQUET)
            .equalsIgnoreCase(PARQUET);
  }

  /** Null for the current one. */
  static Long snapshotId(Table table, Map<String, String> options) {
    Configuration chosen = Configuration.fromMap(options);
    Long snapshotId = chosen.get(FlinkReadOptions.SNAPSHOT_ID);
    if (snapshotId != null) {
      return snapshotId;
    }
    Long asOf = chosen.get(FlinkReadOptions.AS_OF_TIMESTAMP);
    if (asOf != null) {
      return SnapshotUtil.snapshotIdAsOfTime(table, asOf);
    }
    String reference =
        chosen
            .getOptional(FlinkReadOptions.TAG)
            .or(() -> chosen.getOptional(FlinkReadOptions.BRANCH))
            .orElse(null);
    return reference == null ? null : snapshotOf(table, reference);
  }

  private static Long snapshotOf(Table table, String reference) {
    Snapshot snapshot = table.snapshot(reference);
    if (snapshot == null) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              "Cannot find tag or branch " + reference + " of table " + table.name())
          .withHint("Tags and branches: " + String.join(", ", table.refs().keySet()) + ".");
    }
    return snapshot.snapshotId();
  }
}
