package io.orochi.table.commit;

import io.orochi.table.blob.SnapshotBlobs;
import io.orochi.table.commit.CarriedPositions.Carried;
import io.orochi.table.digest.Digest;
import io.orochi.table.digest.MetadataDigests;
import io.orochi.table.digest.TableDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * Publishes what snapshots that are about to expire know and others need: the digests of files that
 * are still live, and the positions of writers that have published nothing since.
 */
public final class CarryForward {

  private final Table table;
  private final Clock clock;
  private final TableDigests digests = new TableDigests();

  public CarryForward(Table table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  private record Load(
      Map<String, Digest> files,
      Map<String, Digest> metadata,
      List<Carried> writers,
      List<SourcePosition> positions) {
    boolean isEmpty() {
      return files.isEmpty() && metadata.isEmpty() && writers.isEmpty();
    }
  }

  /**
   * Adds one snapshot without files, unless there is nothing to carry. Reads the manifests of all
   * snapshots that stay.
   *
   * @param expiring ids of snapshots
   */
  public void publish(Set<Long> expiring) {
    Load load = new Load(new HashMap<>(), new HashMap<>(), new ArrayList<>(), new ArrayList<>());
    collectDigests(expiring, load);
    collectPositions(expiring, load);
    if (!load.isEmpty()) {
      commit(load);
    }
  }

  private void collectDigests(Set<Long> expiring, Load load) {
    Map<Long, Snapshot> bySequence = new HashMap<>();
    Map<String, Digest> stays = new HashMap<>();
    Map<String, Digest> goes = new HashMap<>();
    for (Snapshot snapshot : table.snapshots()) {
      bySequence.put(snapshot.sequenceNumber(), snapshot);
      (expiring.contains(snapshot.snapshotId()) ? goes : stays)
          .putAll(MetadataDigests.of(snapshot));
    }
    Set<String> seen = new HashSet<>();
    for (Snapshot snapshot : table.snapshots()) {
      if (expiring.contains(snapshot.snapshotId())) {
        continue;
      }
      for (ManifestFile manifest : snapshot.allManifests(table.io())) {
        if (seen.add(manifest.path())) {
          if (goes.containsKey(manifest.path()) && !stays.containsKey(manifest.path())) {
            load.metadata.put(manifest.path(), goes.get(manifest.path()));
          }
          collectFiles(manifest, bySequence, expiring, load);
        }
      }
    }
  }

  private void collectFiles(
      ManifestFile manifest, Map<Long, Snapshot> bySequence, Set<Long> expiring, Load load) {
    try (CloseableIterable<? extends ContentFile<?>> files =
        manifest.content() == ManifestContent.DATA
            ? ManifestFiles.read(manifest, table.io(), table.specs())
            : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
      for (ContentFile<?> file : files) {
        Snapshot origin = bySequence.get(file.fileSequenceNumber());
        if (origin == null || expiring.contains(origin.snapshotId())) {
          digests
              .digestOf(table, file)
              .ifPresent(digest -> load.files.put(file.location(), digest));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void collectPositions(Set<Long> expiring, Load load) {
    Set<String> seen = new HashSet<>();
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      boolean goes = expiring.contains(snapshot.snapshotId());
      CommitSummary.of(snapshot)
          .filter(summary -> seen.add(summary.writer()) && goes)
          .ifPresent(
              summary ->
                  carry(
                      new Carried(summary.writer(), summary.sequence(), snapshot.sequenceNumber()),
                      summary.statisticsFile(),
                      load));
      for (Carried carried : CarriedPositions.of(snapshot).writers()) {
        if (seen.add(carried.writer()) && goes) {
          carry(carried, SnapshotBlobs.location(snapshot).orElseThrow(), load);
        }
      }
    }
  }

  /** A writer without splits, such as a statement, never asks for its position. */
  private void carry(Carried writer, String statisticsFile, Load load) {
    SourcePosition position = PositionBlob.find(table.io(), statisticsFile, writer.writer());
    if (!position.splits().isEmpty()) {
      load.writers.add(writer);
      load.positions.add(position);
    }
  }

  private void commit(Load load) {
    Transaction transaction = table.newTransaction();
    String location =
        ((HasTableOperations) transaction.table())
            .operations()
            .metadataFileLocation("orochi-" + UUID.randomUUID() + ".puffin");
    AppendFiles append = transaction.newFastAppend();
    append.set(SnapshotBlobs.LOCATION, location);
    append.set(TableDigests.CARRIES, "true");
    append.set(CommitSummary.COMMITTED_AT, Long.toString(clock.millis()));
    if (!load.writers.isEmpty()) {
      append.set(CarriedPositions.KEY, new CarriedPositions(load.writers).text());
    }
    if (!load.metadata.isEmpty()) {
      append.set(MetadataDigests.KEY, MetadataDigests.text(null, load.metadata));
    }
    append.commit();
    long snapshotId = transaction.table().currentSnapshot().snapshotId();
    StatisticsFile file =
        new SnapshotStatistics(load.positions, load.files)
            .write(transaction.table().io(), location, snapshotId);
    transaction.updateStatistics().setStatistics(file).commit();
    transaction.commitTransaction();
  }
}
