package io.orochi.table.commit;

import io.orochi.table.blob.SnapshotBlobs;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
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
      newest = search.found;
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
      newestPosition = read(io, newest.statisticsFile());
    }
    return newestPosition.splits();
  }

  private static SourcePosition read(FileIO io, String location) {
    return SnapshotBlobs.read(io, location, PositionBlob.TYPE)
        .map(blob -> PositionBlob.read("position in " + location, blob))
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.METADATA_CORRUPT, "Cannot find a position in " + location)
                    .withDetail("The file lacks the blob " + PositionBlob.TYPE + ".")
                    .withHint("Restore the file from a backup."));
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
                new Published(snapshot.snapshotId(), summary.sequence(), summary.statisticsFile()));
  }

  /** Distinguishes a commit that was forgotten by expiry from one that was rolled back. */
  private boolean newestIsExpired(Table table) {
    return newest != null && table.snapshot(newest.snapshotId()) == null;
  }

  private record Search(Published found, boolean reachedHeadSeen) {}
}
