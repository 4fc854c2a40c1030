package io.orochi.table.history;

import io.orochi.table.commit.CarryForward;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ExpireSnapshots;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/**
 * Forgets old snapshots. What they alone know and the rest still needs, digests of live files and
 * positions of writers, is published once more before; a crash in between loses nothing and the
 * next run expires them.
 */
public final class SnapshotExpiry {
  private final Table table;
  private final Clock clock;

  public SnapshotExpiry(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * What would expire. Snapshots that a tag or branch needs never do.
   *
   * @param before snapshots made earlier expire
   * @param retainLast but so many of each branch stay, at least 1
   */
  public List<Snapshot> plan(Instant before, int retainLast) {
    if (table.currentSnapshot() == null) {
      return List.of();
    }
    return table
        .expireSnapshots()
        .expireOlderThan(before.toEpochMilli())
        .retainLast(retainLast)
        .apply();
  }

  /** Expires what {@link #plan} says, and deletes the files that nothing else needs. */
  public List<Snapshot> expire(Instant before, int retainLast) {
    List<Snapshot> expired = plan(before, retainLast);
    if (expired.isEmpty()) {
      return expired;
    }
    Set<Long> ids = expired.stream().map(Snapshot::snapshotId).collect(Collectors.toSet());
    new CarryForward(table, clock).publish(ids);
    table.refresh();
    ExpireSnapshots update = table.expireSnapshots().expireOlderThan(0);
    ids.stream().filter(id -> table.snapshot(id) != null).forEach(update::expireSnapshotId);
    update.commit();
    return expired;
  }
}
