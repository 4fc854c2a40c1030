package io.orochi.table.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.TestingTables;
import io.orochi.table.digest.DigestingFileIO;
import io.orochi.table.fault.Fault;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.OutputFileFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of statements against commits that came between. */
class TableChangeTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;
  private Table table;
  private DataFile file;
  private int writers;

  @BeforeEach
  void createTableOfTenRows() {
    table = TestingTables.create(folder);
    table.updateProperties().set(TableProperties.FORMAT_VERSION, "3").commit();
    file = append(10);
  }

  @Test
  void aVectorAndNewRowsArePublishedTogether() throws Exception {
    assertThat(publish(table, update(Isolation.SNAPSHOT, vector(0, 3), 3)))
        .isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(10);
    assertThat(table.currentSnapshot().summary())
        .containsEntry("orochi.change", "update")
        .containsEntry("added-dvs", "1");
  }

  @Test
  void twoVectorsOfOneFileConflict() throws Exception {
    TableChange first = delete(Isolation.SNAPSHOT, vector(0, 3));
    TableChange second = delete(Isolation.SNAPSHOT, vector(5, 2));
    publish(table, first);
    assertThat(publish(table, second))
        .isInstanceOfSatisfying(
            CommitOutcome.Conflicted.class,
            conflict -> assertThat(conflict.reason()).contains("Found concurrently added DV"));
    assertThat(TestingTables.countRows(table)).isEqualTo(7);
  }

  @Test
  void rowsThatCameMeanwhileConflictOnlyWhenSerializable() throws Exception {
    TableChange serializable = delete(Isolation.SERIALIZABLE, vector(0, 1));
    TableChange snapshot = delete(Isolation.SNAPSHOT, vector(0, 1));
    append(5);

    assertThat(publish(table, serializable))
        .isInstanceOfSatisfying(
            CommitOutcome.Conflicted.class,
            conflict -> assertThat(conflict.reason()).contains("Found conflicting files"));
    assertThat(publish(table, snapshot)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(14);
  }

  @Test
  void removingAFileTwiceConflicts() {
    TableChange first = removal();
    TableChange second = removal();
    assertThat(publish(table, first)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(publish(table, second)).isInstanceOf(CommitOutcome.Conflicted.class);
    assertThat(TestingTables.countRows(table)).isZero();
  }

  @Test
  void aChangeOutlivesANewPartitioning() {
    TableChange removal = removal();
    AtomicBoolean once = new AtomicBoolean();
    try (Fault.Armed armed =
        Fault.arm(
            "commit.before-swap",
            () -> {
              if (once.compareAndSet(false, true)) {
                appendByShard(4);
              }
            })) {
      assertThat(publish(table, removal)).isInstanceOf(CommitOutcome.Committed.class);
    }
    assertThat(TestingTables.countRows(table)).isEqualTo(4);
  }

  private void appendByShard(int rows) {
    Table other = TestingTables.load(folder);
    other.updateSpec().addField(Expressions.bucket("host", 4)).commit();
    DigestingFileIO io = new DigestingFileIO(other.io());
    other.newFastAppend().appendFile(TestingTables.write(other, io, rows)).commit();
  }

  @Test
  void aVectorForARemovedFileConflicts() throws Exception {
    TableChange late = delete(Isolation.SNAPSHOT, vector(0, 1));
    publish(table, removal());
    assertThat(publish(table, late))
        .isInstanceOfSatisfying(
            CommitOutcome.Conflicted.class,
            conflict -> assertThat(conflict.reason()).contains(file.location()));
  }

  @Test
  void aTransactionStagesOneChangeOnAnother() throws Exception {
    Transaction transaction = table.newTransaction();
    StagedCommit first = new StagedCommit(transaction, new SourcePosition("t", 1, Map.of()));
    DigestingFileIO io = new DigestingFileIO(table.io());
    DataFile added = TestingTables.write(table, io, 4);
    first.write(TableChange.append(ChangedFiles.added(List.of(added), io.drainDigests())), NOW);
    Vector vector = vector(0, 2);
    StagedCommit second = new StagedCommit(transaction, new SourcePosition("t", 2, Map.of()));
    long basis = transaction.table().currentSnapshot().snapshotId();
    long staged = second.write(delete(Isolation.SERIALIZABLE, vector, basis), NOW);

    assertThat(TestingTables.countRows(TestingTables.load(folder))).isEqualTo(10);
    transaction.commitTransaction();
    assertThat(TestingTables.countRows(table)).isEqualTo(12);
    assertThat(table.currentSnapshot().snapshotId()).isEqualTo(staged);
  }

  private record Vector(List<DeleteFile> files, DigestingFileIO io) {}

  private Vector vector(long from, int rows) throws Exception {
    DigestingFileIO io = new DigestingFileIO(table.io());
    OutputFileFactory files =
        OutputFileFactory.builderFor(table, 1, 1)
            .format(org.apache.iceberg.FileFormat.PUFFIN)
            .ioSupplier(() -> io)
            .build();
    BaseDVFileWriter writer = new BaseDVFileWriter(files, path -> null);
    try (writer) {
      for (long row = from; row < from + rows; row++) {
        writer.delete(file.location(), row, table.spec(), file.partition());
      }
    }
    return new Vector(writer.result().deleteFiles(), io);
  }

  private TableChange delete(Isolation isolation, Vector vector) {
    return delete(isolation, vector, table.currentSnapshot().snapshotId());
  }

  private static TableChange delete(Isolation isolation, Vector vector, long basis) {
    return new TableChange(
        ChangeKind.DELETE,
        new ChangeBasis(basis, isolation, Expressions.alwaysTrue()),
        new ChangedFiles(
            List.of(), vector.files(), List.of(), List.of(), vector.io().drainDigests()));
  }

  private TableChange update(Isolation isolation, Vector vector, int rows) {
    DataFile added = TestingTables.write(table, vector.io(), rows);
    return new TableChange(
        ChangeKind.UPDATE,
        basis(isolation),
        new ChangedFiles(
            List.of(added), vector.files(), List.of(), List.of(), vector.io().drainDigests()));
  }

  private TableChange removal() {
    return new TableChange(
        ChangeKind.DELETE,
        basis(Isolation.SNAPSHOT),
        new ChangedFiles(List.of(), List.of(), List.of(file), List.of(), Map.of()));
  }

  private ChangeBasis basis(Isolation isolation) {
    return new ChangeBasis(
        table.currentSnapshot().snapshotId(), isolation, Expressions.alwaysTrue());
  }

  private CommitOutcome publish(Table into, TableChange change) {
    return new TableCommitter(into, Clock.systemUTC())
        .publish(new SourcePosition("w" + ++writers, 1, Map.of()), change);
  }

  private DataFile append(int rows) {
    DigestingFileIO io = new DigestingFileIO(table.io());
    DataFile added = TestingTables.write(table, io, rows);
    Table other = TestingTables.load(folder);
    publish(other, TableChange.append(ChangedFiles.added(List.of(added), io.drainDigests())));
    if (table.currentSnapshot() == null) {
      table.refresh();
    }
    return added;
  }
}
