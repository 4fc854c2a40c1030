package io.orochi.table.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.TestingTables;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.digest.TableDigests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that take rows away. */
class DeleteCommitTest {
  @TempDir Path folder;
  private Table table;
  private TableCommitter committer;
  private DataFile file;

  @BeforeEach
  void createTableOfTenRows() {
    table = TestingTables.create(folder);
    committer = new TableCommitter(table, Clock.systemUTC());
    CommitRequest rows = TestingTables.request(table, "w", 1, 10, Map.of());
    committer.commit(rows);
    file = rows.dataFiles().get(0);
    table.refresh();
  }

  @Test
  void deletesAndRowsArePublishedTogetherWithTheirDigests() throws Exception {
    CommitRequest request = deleteFirstRows(2, 3);
    assertThat(committer.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(7);

    try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
      DeleteFile committed = tasks.iterator().next().deletes().get(0);
      assertThat(new TableDigests().digestOf(table, committed))
          .contains(request.digests().get(committed.location()));
    }
  }

  @Test
  void deletesFromAFileThatIsGoneConflictAndPublishNothing() throws Exception {
    CommitRequest request = deleteFirstRows(2, 3);
    table.newDelete().deleteFile(file).commit();

    CommitOutcome outcome = committer.commit(request);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            CommitOutcome.Conflicted.class,
            conflict -> assertThat(conflict.reason()).contains(file.location()));
    assertThat(outcome.filesMayBeDeleted()).isTrue();
    assertThat(TestingTables.countRows(table)).isZero();
    assertThat(TableCommitter.lastPosition(table, "w").orElseThrow().sequence()).isEqualTo(1);
  }

  private CommitRequest deleteFirstRows(long sequence, int rows) throws IOException {
    DigestingFileIO io = new DigestingFileIO(table.io());
    PositionDeleteWriter<Void> writer =
        Parquet.writeDeletes(
                io.newOutputFile(table.locationProvider().newDataLocation("deletes.parquet")))
            .forTable(table)
            .rowSchema(null)
            .metricsConfig(MetricsConfig.forPositionDelete(table))
            .withPartition(file.partition())
            .buildPositionWriter();
    try (writer) {
      PositionDelete<Void> delete = PositionDelete.create();
      for (int row = 0; row < rows; row++) {
        writer.write(delete.set(file.location(), row));
      }
    }
    return new CommitRequest(
        new SourcePosition("w", sequence, Map.of()),
        List.of(),
        List.of(writer.toDeleteFile()),
        io.drainDigests());
  }
}
