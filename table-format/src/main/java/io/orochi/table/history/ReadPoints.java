package io.orochi.table.history;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Finds the state of a table that a reader names. */
public final class ReadPoints {
  private ReadPoints() {}

  /**
   * The snapshot that was the current one at a time.
   *
   * @throws OrochiException SNAPSHOT_NOT_FOUND naming the oldest time that can be read
   */
  public static Snapshot asOf(Table table, Instant time) {
    Snapshot found = null;
    for (HistoryEntry entry : table.history()) {
      if (entry.timestampMillis() <= time.toEpochMilli()) {
        found = table.snapshot(entry.snapshotId());
      }
    }
    if (found == null) {
      throw tooOld(table, time);
    }
    return found;
  }

  private static OrochiException tooOld(Table table, Instant time) {
    Optional<HistoryEntry> oldest =
        table.history().stream()
            .filter(entry -> table.snapshot(entry.snapshotId()) != null)
            .min(Comparator.comparingLong(HistoryEntry::timestampMillis));
    return OrochiException.of(
            OrochiErrorCode.SNAPSHOT_NOT_FOUND,
            "Cannot read " + table.name() + " as of " + time + ": it holds no snapshot so old")
        .withDetail(
            oldest
                .map(
                    entry ->
                        "The oldest is "
                            + entry.snapshotId()
                            + " of "
                            + Instant.ofEpochMilli(entry.timestampMillis())
                            + ".")
                .orElse("Nothing was ever written to it."))
        .withHint("SELECT committed_at FROM `<table>$snapshots` lists what can be read.");
  }
}
