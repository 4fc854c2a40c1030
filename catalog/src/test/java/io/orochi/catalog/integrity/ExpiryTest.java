package io.orochi.catalog.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.digest.MetadataDigests;
import io.orochi.table.digest.TableDigests;
import io.orochi.table.history.SnapshotExpiry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must outlive the snapshots that knew it. */
class ExpiryTest {
  @TempDir Path folder;
  private TestingLake lake;
  private OrochiIcebergCatalog catalog;
  private Table table;

  @BeforeEach
  void write() {
    lake = new TestingLake(folder);
    catalog = lake.open();
    table = TestingLake.create(catalog, "t", 3);
    lake.delete(table, lake.append(table, 0), 1, 2);
    TestingLake.appendForeign(table, 1_000);
    table.refresh();
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private void expireAll() {
    new SnapshotExpiry(table, Clock.systemUTC()).expire(Instant.now().plusSeconds(60), 1);
    table = catalog.loadTable(TableIdentifier.of("db", "t"));
  }

  private int filesWithDigest() throws IOException {
    TableDigests digests = new TableDigests();
    int found = 0;
    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      for (FileScanTask task : tasks) {
        found += digests.digestOf(table, task.file()).isPresent() ? 1 : 0;
        found +=
            (int)
                task.deletes().stream()
                    .filter(delete -> digests.digestOf(table, delete).isPresent())
                    .count();
      }
    }
    return found;
  }

  @Test
  void digestsAndPositionsOutliveTheirSnapshotsTwice() throws IOException {
    Optional<SourcePosition> position = TableCommitter.lastPosition(table, "test");
    assertThat(position.orElseThrow().splits()).isEqualTo(Map.of("file", "2"));
    String truth = lake.sums("t");
    for (int round = 0; round < 2; round++) {
      expireAll();
      assertThat(TableCommitter.lastPosition(table, "test")).isEqualTo(position);
      assertThat(filesWithDigest()).isEqualTo(2);
      MetadataDigests stated = MetadataDigests.of(table.snapshots());
      assertThat(table.currentSnapshot().allManifests(table.io()))
          .extracting(ManifestFile::path)
          .allMatch(path -> stated.of(path).isPresent());
      assertThat(lake.sums("t")).isEqualTo(truth);
      TestingLake.appendForeign(table, 2_000 + round * 1_000L);
      table.refresh();
      truth = lake.sums("t");
    }
  }

  @Test
  void aWriterIsFoundAfterARollbackBehindTheSnapshotThatCarriesItsPosition() {
    long before = table.currentSnapshot().snapshotId();
    Optional<SourcePosition> position = TableCommitter.lastPosition(table, "test");
    expireAll();
    assertThat(table.currentSnapshot().snapshotId()).isNotEqualTo(before);
    table.manageSnapshots().rollbackTo(before).commit();
    assertThat(TableCommitter.lastPosition(table, "test")).isEqualTo(position);
  }

  @Test
  void nothingIsPublishedWhereNothingExpires() {
    long before = table.currentSnapshot().snapshotId();
    assertThat(new SnapshotExpiry(table, Clock.systemUTC()).expire(Instant.EPOCH, 1)).isEmpty();
    table.refresh();
    assertThat(table.currentSnapshot().snapshotId()).isEqualTo(before);
  }
}
