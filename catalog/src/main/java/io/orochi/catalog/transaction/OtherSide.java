package io.orochi.catalog.transaction;

import io.orochi.table.commit.CommitSummary;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** Who came first, in words. */
final class OtherSide {
  private OtherSide() {}

  /** The newest of the commits since {@code snapshotId}; null if the table had no snapshot then. */
  static String since(Table table, Long snapshotId) {
    Snapshot newest = table.currentSnapshot();
    if (newest == null) {
      return "The table has no snapshot any more.";
    }
    long others = 0;
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (snapshotId != null && snapshot.snapshotId() == snapshotId) {
        break;
      }
      others++;
    }
    return describe(newest) + (others > 1 ? " " + (others - 1) + " more came before it." : "");
  }

  static String describe(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary() == null ? Map.of() : snapshot.summary();
    Optional<CommitSummary> ours = CommitSummary.of(snapshot);
    String who =
        ours.map(CommitSummary::writer)
            .orElseGet(() -> summary.getOrDefault("engine-name", "another program"));
    Instant when =
        ours.map(CommitSummary::committedAt)
            .orElseGet(() -> Instant.ofEpochMilli(snapshot.timestampMillis()));
    return "Snapshot %d (%s) was committed by %s at %s."
        .formatted(
            snapshot.snapshotId(),
            summary.getOrDefault(CommitSummary.CHANGE, String.valueOf(snapshot.operation())),
            who,
            when);
  }
}
