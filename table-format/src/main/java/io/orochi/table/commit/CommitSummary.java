package io.orochi.table.commit;

import io.orochi.table.blob.SnapshotBlobs;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;

/**
 * What a commit writes into the summary of its snapshot, beside the counts that Iceberg keeps
 * there.
 *
 * @param statisticsFile the location of the Puffin file with position and digests
 * @param committedAt by the clock of the committer, to the millisecond
 */
public record CommitSummary(
    String writer, long sequence, String statisticsFile, Instant committedAt) {
  public static final String WRITER = "orochi.writer";
  public static final String SEQUENCE = "orochi.sequence";
  public static final String COMMITTED_AT = "orochi.committed-at-ms";

  /** What the commit did, as {@link ChangeKind} says it; for people. */
  public static final String CHANGE = "orochi.change";

  /** Empty for the snapshot of a foreign writer. */
  public static Optional<CommitSummary> of(Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    if (summary == null || !summary.containsKey(WRITER)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CommitSummary(
              summary.get(WRITER),
              Long.parseLong(summary.get(SEQUENCE)),
              summary.get(SnapshotBlobs.LOCATION),
              Instant.ofEpochMilli(Long.parseLong(summary.get(COMMITTED_AT)))));
    } catch (NumberFormatException damaged) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT,
              "Cannot read the summary of snapshot " + snapshot.snapshotId())
          .withDetail("It names a writer, but not its sequence and time.")
          .withHint("Roll the table back to the snapshot before it.")
          .causedBy(damaged);
    }
  }

  Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(WRITER, writer);
    properties.put(SEQUENCE, Long.toString(sequence));
    properties.put(SnapshotBlobs.LOCATION, statisticsFile);
    properties.put(COMMITTED_AT, Long.toString(committedAt.toEpochMilli()));
    return properties;
  }
}
