package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.ReadPoints;
import java.time.Clock;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** The snapshots of one table that still exist. */
final class History {
  private final Table table;
  private final Clock clock;

  History(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * @param id null for the current one
   * @throws OrochiException SNAPSHOT_NOT_FOUND
   */
  static Snapshot snapshot(Table table, Long id) {
    Snapshot snapshot = id == null ? table.currentSnapshot() : table.snapshot(id);
    if (snapshot == null) {
      throw OrochiException.of(
              OrochiErrorCode.SNAPSHOT_NOT_FOUND,
              id == null
                  ? "Cannot find a snapshot of table " + table.name()
                  : "Cannot find snapshot " + id + " of table " + table.name())
          .withDetail(id == null ? "Nothing was ever written to it." : "It may have expired.")
          .withHint("SELECT snapshot_id, committed_at FROM `<table>$snapshots` lists them.");
    }
    return snapshot;
  }

  /**
   * Exactly one of the arguments is not null.
   *
   * @throws OrochiException INVALID_ARGUMENT, SNAPSHOT_NOT_FOUND, REFERENCE_NOT_FOUND
   */
  long rollbackTarget(Long snapshotId, String asOf, String tag) {
    if (Stream.of(snapshotId, asOf, tag).filter(given -> given != null).count() != 1) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Invalid arguments of sys.rollback_to")
          .withHint("Give one of snapshot_id, as_of and tag.");
    }
    snapshot(table, null);
    long target = target(snapshotId, asOf, tag);
    if (!SnapshotUtil.isAncestorOf(table, table.currentSnapshot().snapshotId(), target)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Cannot roll back to snapshot " + target)
          .withDetail("It is not in the history of what " + table.name() + " holds now.")
          .withHint("SELECT snapshot_id FROM `<table>$history` WHERE is_current_ancestor.");
    }
    return target;
  }

  private long target(Long snapshotId, String asOf, String tag) {
    if (snapshotId != null) {
      return snapshot(table, snapshotId).snapshotId();
    }
    if (tag != null) {
      return new References(table).require(References.Kind.TAG, tag).snapshotId();
    }
    return ReadPoints.asOf(table, Arguments.timeOrAge("as_of", asOf, clock)).snapshotId();
  }
}
