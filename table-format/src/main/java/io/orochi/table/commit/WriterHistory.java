package io.orochi.table.commit;

import io.orochi.table.blob.SnapshotBlobs;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * What one writer has published in the current history of one table. It remembers how far it has
 * looked, so that each look costs only the snapshots that came since. Used by one thread.
 */
final class WriterHistory {
  private static final long NOTHING = -1;

  private final String writer;
  private final Function<Snapshot, Optional<CommitSummary>> summaries;
  private long headSeen = NOTHING;
  private Published newest;
  private SourcePosition newestPosition;

  /**
   * @param summaries how a snapshot tells who made it
   */
  WriterHistory(String writer, Function<Snapshot, Optional<CommitSummary>> summaries) {
    this.writer = writer;
    this.summaries = summaries;
  }

  /** One commit of the writer. */
  record Published(long snapshotId, long sequence, String statisticsFile) {}

  boolean isOf(String otherWriter) {
    return writer.equals(otherWriter);
  }

  /** Looks at the snapshots that came to a table since the last look. */
  void advance(Table table) {
    Search search = search(SnapshotUtil.currentAncestors(table));
    if (search.found != null || (!search.reachedHeadSeen && !newestIsExpired(table))) {
      newest = search.found == null ? carriedBeside(table) : search.found;
      newestPosition = null;
    }
    Snapshot current = table.currentSnapshot();
    headSeen = current == null ? NOTHING : current.snapshotId();
  }

  /** True if the writer published one of the snapshots that came since the last look. */
  boolean hasPublishedSince(Iterable<Snapshot> ancestors) {
    return search(ancestors).found != null;
  }

  /** Remembers a commit that has just succeeded. */
  void published(Published commit, SourcePosition position) {
    newest = commit;
    newestPosition = position;
    headSeen = commit.snapshotId();
  }

  /** The newest commit of the writer as of the last look. */
  Optional<Published> newest() {
    return Optional.ofNullable(newest);
  }

  /** The commit with one sequence, wherever it is in the history. */
  Optional<Published> find(Table table, long sequence) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      Optional<Published> published = published(snapshot);
      if (published.isPresent() && published.get().sequence() == sequence) {
        return published;
      }
    }
    return Optional.empty();
  }

  /** The offsets of all splits as of the newest commit; empty if there is none. */
  Map<String, String> splits(FileIO io) {
    if (newest == null) {
      return Map.of();
    }
    if (newestPosition == null) {
      newestPosition = PositionBlob.find(io, newest.statisticsFile(), writer);
    }
    return newestPosition.splits();
  }

  private Search search(Iterable<Snapshot> newestFirst) {
    for (Snapshot snapshot : newestFirst) {
      if (snapshot.snapshotId() == headSeen) {
        return new Search(null, true);
      }
      Optional<Published> published = published(snapshot);
      if (published.isPresent()) {
        return new Search(published.get(), false);
      }
    }
    return new Search(null, false);
  }

  private Optional<Published> published(Snapshot snapshot) {
    return summaries
        .apply(snapshot)
        .filter(summary -> summary.writer().equals(writer))
        .map(
            summary ->
                new Published(snapshot.snapshotId(), summary.sequence(), summary.statisticsFile()))
        .or(() -> carried(snapshot, Long.MAX_VALUE));
  }

  /**
   * @param newest positions published by later snapshots do not count
   */
  private Optional<Published> carried(Snapshot snapshot, long newest) {
    return CarriedPositions.of(snapshot)
        .of(writer)
        .filter(carried -> carried.order() <= newest)
        .map(
            carried ->
                new Published(
                    snapshot.snapshotId(),
                    carried.sequence(),
                    SnapshotBlobs.location(snapshot).orElseThrow()));
  }

  /** After a rollback behind the snapshot that carries the position; null if none does. */
  private Published carriedBeside(Table table) {
    Snapshot current = table.currentSnapshot();
    Published best = null;
    if (current != null) {
      for (Snapshot snapshot : table.snapshots()) {
        Optional<Published> carried = carried(snapshot, current.sequenceNumber());
        if (carried.isPresent() && (best == null || carried.get().sequence() > best.sequence())) {
          best = carried.get();
        }
      }
    }
    return best;
  }

  /** Distinguishes a commit that was forgotten by expiry from one that was rolled back. */
  private boolean newestIsExpired(Table table) {
    return newest != null && table.snapshot(newest.snapshotId()) == null;
  }

  private record Search(Published found, boolean reachedHeadSeen) {}
}
