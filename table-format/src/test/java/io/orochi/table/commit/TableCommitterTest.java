package io.orochi.table.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.TestingTables;
import io.orochi.table.fault.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableCommitterTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Function<Snapshot, Optional<CommitSummary>> LOOK_OFF =
      snapshot -> Optional.empty();

  @TempDir Path folder;
  private Table table;

  @BeforeEach
  void createTable() {
    table = TestingTables.create(folder);
  }

  @Test
  void publishesRowsAndPositionInOneSnapshot() {
    CommitOutcome outcome = committer().commit(request(1, 10, Map.of("a", "10")));

    assertThat(TestingTables.countRows(table)).isEqualTo(10);
    Snapshot snapshot = table.currentSnapshot();
    assertThat(outcome).isEqualTo(new CommitOutcome.Committed(snapshot.snapshotId()));
    assertThat(CommitSummary.of(snapshot))
        .hasValueSatisfying(
            summary -> {
              assertThat(summary.writer()).isEqualTo("w");
              assertThat(summary.sequence()).isEqualTo(1);
              assertThat(summary.committedAt()).isEqualTo(NOW);
            });
    assertThat(snapshot.summary()).containsEntry("added-records", "10");
    assertThat(table.statisticsFiles())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.snapshotId()).isEqualTo(snapshot.snapshotId());
              assertThat(file.blobMetadata())
                  .extracting(blob -> blob.type())
                  .containsExactly("orochi-position-v1", "orochi-digests-v1");
            });
    assertThat(lastPosition()).contains(new SourcePosition("w", 1, Map.of("a", "10")));
  }

  @Test
  void positionsOfSplitsThatDidNotMoveStay() {
    TableCommitter committer = committer();
    committer.commit(request(1, 1, Map.of("a", "1", "b", "1")));
    committer.commit(request(2, 1, Map.of("b", "2")));
    committer().commit(request(3, 1, Map.of("c", "3")));

    assertThat(lastPosition())
        .contains(new SourcePosition("w", 3, Map.of("a", "1", "b", "2", "c", "3")));
  }

  @Test
  void eachWriterHasAPositionOfItsOwn() {
    TableCommitter committer = committer();
    committer.commit(TestingTables.request(table, "v", 7, 1, Map.of("a", "v")));
    committer.commit(TestingTables.request(table, "w", 1, 1, Map.of("a", "w")));
    committer.commit(TestingTables.request(table, "v", 8, 1, Map.of("b", "v")));

    assertThat(TableCommitter.lastPosition(table, "v"))
        .contains(new SourcePosition("v", 8, Map.of("a", "v", "b", "v")));
    assertThat(lastPosition()).contains(new SourcePosition("w", 1, Map.of("a", "w")));
    assertThat(TableCommitter.lastPosition(table, "u")).isEmpty();
  }

  @Test
  void aCommitWithoutFilesPublishesItsPosition() {
    SourcePosition position = new SourcePosition("w", 1, Map.of("a", "9"));
    CommitOutcome outcome =
        committer().commit(new CommitRequest(position, List.of(), List.of(), Map.of()));

    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(lastPosition()).contains(position);
  }

  @Test
  void aRepeatedCommitIsFoundAndNotDoubled() {
    CommitRequest request = request(1, 10, Map.of());
    CommitOutcome first = committer().commit(request);
    committer().commit(request(2, 5, Map.of()));

    assertThat(committer().commit(request)).isEqualTo(first);
    assertThat(TestingTables.countRows(table)).isEqualTo(15);
  }

  /** Proves that the test above can fail. */
  @Test
  void withoutTheLookARepeatedCommitIsDoubled() {
    CommitRequest request = request(1, 10, Map.of());
    new TableCommitter(table, CLOCK, LOOK_OFF).commit(request);
    new TableCommitter(table, CLOCK, LOOK_OFF).commit(request);

    assertThat(TestingTables.countRows(table)).isEqualTo(20);
  }

  @Test
  void aCommitterThatLivesOnLooksOnlyAtNewSnapshots() {
    for (int sequence = 1; sequence <= 12; sequence++) {
      new TableCommitter(table, CLOCK)
          .commit(TestingTables.request(table, "other", sequence, 1, Map.of()));
    }
    AtomicInteger looks = new AtomicInteger();
    TableCommitter committer =
        new TableCommitter(
            table,
            CLOCK,
            snapshot -> {
              looks.incrementAndGet();
              return CommitSummary.of(snapshot);
            });
    committer.commit(request(1, 1, Map.of()));
    assertThat(looks.getAndSet(0)).isGreaterThanOrEqualTo(12);
    committer.commit(request(2, 1, Map.of()));
    assertThat(looks).hasValue(0);
  }

  @Test
  void aCommitThatIsNoLongerInTheHistoryIsUnknownAndNothingMayBeDeleted() {
    CommitRequest request = request(1, 10, Map.of());
    committer().commit(request);
    committer().commit(request(2, 5, Map.of()));
    table.refresh();
    table.expireSnapshots().expireOlderThan(Long.MAX_VALUE).retainLast(1).commit();

    CommitOutcome outcome = committer().commit(request);
    assertThat(outcome)
        .isEqualTo(
            new CommitOutcome.Unknown(
                "Writer w has published sequence 2, and 1 is no longer in the history of "
                    + table.name()));
    assertThat(outcome.filesMayBeDeleted()).isFalse();
    assertThat(TestingTables.countRows(table)).isEqualTo(15);
  }

  @Test
  void aPositionIsRolledBackWithTheRows() {
    TableCommitter committer = committer();
    committer.commit(request(1, 10, Map.of("a", "10")));
    long first = TestingTables.load(folder).currentSnapshot().snapshotId();
    committer.commit(request(2, 5, Map.of("a", "15")));
    table.refresh();
    table.manageSnapshots().rollbackTo(first).commit();

    assertThat(lastPosition()).contains(new SourcePosition("w", 1, Map.of("a", "10")));
    assertThat(committer.commit(request(2, 5, Map.of("a", "15"))))
        .isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(15);
  }

  @Test
  void aProcessOfTheSameNameThatCameFirstWins() {
    CommitRequest request = request(1, 10, Map.of("a", "10"));
    CommitRequest same = request(1, 10, Map.of("a", "10"));
    CommitOutcome outcome;
    try (Fault.Armed ignored =
        Fault.arm(
            "commit.before-swap",
            once(() -> new TableCommitter(TestingTables.load(folder), CLOCK).commit(same)))) {
      outcome = committer().commit(request);
    }

    assertThat(TestingTables.countRows(table)).isEqualTo(10);
    assertThat(outcome)
        .isEqualTo(new CommitOutcome.Committed(table.currentSnapshot().snapshotId()));
  }

  @Test
  void aLostAnswerAfterTheSwapIsLookedUp() {
    TestingTableOperations operations = operations();
    operations.lose(TestingTableOperations.Loss.AFTER_SWAP);
    CommitOutcome outcome = committer(operations).commit(request(1, 10, Map.of()));

    assertThat(TestingTables.countRows(table)).isEqualTo(10);
    assertThat(outcome)
        .isEqualTo(new CommitOutcome.Committed(table.currentSnapshot().snapshotId()));
  }

  @ParameterizedTest
  @CsvSource({"BEFORE_SWAP, 0", "AFTER_SWAP_AND_STAYS_DOWN, 10"})
  void aLostAnswerThatCannotBeFoundIsUnknownAndARetryPublishesOnce(
      TestingTableOperations.Loss loss, int rowsAfterLoss) {
    TestingTableOperations operations = operations();
    operations.lose(loss);
    CommitRequest request = request(1, 10, Map.of());
    TableCommitter committer = committer(operations);
    CommitOutcome outcome = committer.commit(request);

    assertThat(outcome).isInstanceOf(CommitOutcome.Unknown.class);
    assertThat(outcome.filesMayBeDeleted()).isFalse();
    assertThat(TestingTables.countRows(table)).isEqualTo(rowsAfterLoss);

    operations.lose(TestingTableOperations.Loss.NONE);
    assertThat(committer.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {".avro", ".puffin"})
  void aFullDiskPublishesNothingAndTheSameCommitMayBeRepeated(String kind) {
    TestingTableOperations operations = operations();
    operations.disk().fillFor(kind);
    CommitRequest request = request(1, 10, Map.of("a", "10"));
    TableCommitter committer = committer(operations);
    assertThatThrownBy(() -> committer.commit(request))
        .hasMessageStartingWith("OROCHI-1301: Cannot commit to db.cpu: the disk is full");
    assertThat(TestingTables.countRows(table)).isZero();

    operations.disk().fillFor("");
    assertThat(committer.commit(request)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    "commit.before-write, 0",
    "commit.after-write, 0",
    "commit.before-swap, 0",
    "commit.after-swap, 10"
  })
  void aCrashAtEachPointLosesAndDoublesNothing(String point, int rowsAfterCrash) {
    CommitRequest request = request(1, 10, Map.of("a", "10"));
    try (Fault.Armed ignored =
        Fault.arm(
            point,
            () -> {
              throw new IllegalThreadStateException("killed");
            })) {
      assertThatThrownBy(() -> committer().commit(request)).hasMessage("killed");
    }
    assertThat(TestingTables.countRows(table)).isEqualTo(rowsAfterCrash);

    assertThat(committer().commit(request)).isInstanceOf(CommitOutcome.Committed.class);
    assertThat(TestingTables.countRows(table)).isEqualTo(10);
    assertThat(lastPosition()).contains(new SourcePosition("w", 1, Map.of("a", "10")));
  }

  @Test
  void aPositionWhoseFileIsDamagedIsAnErrorAndNotAGuess() throws Exception {
    committer().commit(request(1, 10, Map.of("a", "10")));
    table.refresh();
    String location = CommitSummary.of(table.currentSnapshot()).orElseThrow().statisticsFile();
    Path file = Path.of(location.replaceFirst("^file:/+", "/"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[4 + 4 + 1 + 8 + 4 + 4 + 1 + 4] ^= 1;
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));

    assertThatThrownBy(this::lastPosition)
        .hasMessageStartingWith("OROCHI-1203: Cannot read position in ");
  }

  private TableCommitter committer() {
    return new TableCommitter(TestingTables.load(folder), CLOCK);
  }

  private TableCommitter committer(TestingTableOperations operations) {
    return new TableCommitter(new BaseTable(operations, "db.cpu"), CLOCK);
  }

  private TestingTableOperations operations() {
    return new TestingTableOperations(((BaseTable) TestingTables.load(folder)).operations());
  }

  private CommitRequest request(long sequence, int rows, Map<String, String> splits) {
    return TestingTables.request(table, "w", sequence, rows, splits);
  }

  private Optional<SourcePosition> lastPosition() {
    return TableCommitter.lastPosition(table, "w");
  }

  private static Fault.Action once(Runnable action) {
    boolean[] done = new boolean[1];
    return () -> {
      if (!done[0]) {
        done[0] = true;
        action.run();
      }
    };
  }
}
