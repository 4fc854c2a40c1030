package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.changelog.ChangelogPlan;
import io.orochi.table.kernel.changelog.ChangelogPlanner;
import io.orochi.table.kernel.changelog.ChangelogView;
import io.orochi.table.kernel.scan.ScanRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every changelog here leads from each snapshot to the next. */
class ChangelogTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "host", Types.StringType.get()));
  private static final List<String> COLUMNS =
      List.of("_change_type", "_snapshot_id", "_commit_at", "id", "host");

  @TempDir private Path folder;
  private TestingKernel kernel;
  private TestingLake lake;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
    lake = new TestingLake(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private static List<Record> rows(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> TestingLake.row(SCHEMA, i, "h" + i % 3))
        .toList();
  }

  private ChangelogPlan plan(Table table, Expression filter) {
    table.refresh();
    return new ChangelogPlanner(kernel.planner()).plan(table, null, COLUMNS, filter);
  }

  private List<String> changes(Table table, String where, Expression filter) {
    try (KernelSession session = kernel.kernel().openSession()) {
      String changes = ChangelogView.register(session, plan(table, filter));
      return TestingKernel.rows(
          session, "SELECT id, host FROM " + changes + " WHERE " + where + " ORDER BY ALL");
    }
  }

  private List<String> changes(Table table, Snapshot snapshot, String type) {
    String where =
        "_snapshot_id = %d AND _change_type = '%s' AND epoch_ms(_commit_at) = %d"
            .formatted(snapshot.snapshotId(), type, snapshot.timestampMillis());
    return changes(table, where, Expressions.alwaysTrue());
  }

  private List<String> rowsAt(Table table, Long snapshotId) {
    return snapshotId == null
        ? List.of()
        : kernel.query(
            table,
            new ScanRequest(snapshotId, List.of("id", "host"), Expressions.alwaysTrue()),
            "SELECT id, host FROM %s");
  }

  private void assertChangesLeadFromSnapshotToSnapshot(Table table) {
    table.refresh();
    for (Snapshot snapshot : table.snapshots()) {
      List<String> rows = new ArrayList<>(rowsAt(table, snapshot.parentId()));
      for (String deleted : changes(table, snapshot, "DELETE")) {
        assertThat(rows.remove(deleted)).as("%s of %s", deleted, snapshot).isTrue();
      }
      rows.addAll(changes(table, snapshot, "INSERT"));
      assertThat(rows)
          .as(snapshot.toString())
          .containsExactlyInAnyOrderElementsOf(rowsAt(table, snapshot.snapshotId()));
    }
  }

  @Test
  void appendsPositionDeletesAndRemovedFiles() {
    Table table = lake.create("pos", 2, SCHEMA, PartitionSpec.unpartitioned());
    DataFile first = TestingLake.append(table, rows(0, 100)).get(0);
    DataFile second = lake.commit(table, rows(100, 120)).get(0);
    TestingLake.deletePositions(table, first, 0, 1, 99);
    TestingLake.deletePositions(table, first, 1, 2);
    TestingLake.deletePositions(table, second, 7);
    table.newDelete().deleteFile(first).commit();
    TestingLake.append(table, rows(200, 203));
    assertChangesLeadFromSnapshotToSnapshot(table);
    assertThat(changes(table, "_change_type = 'DELETE'", Expressions.alwaysTrue())).hasSize(101);
  }

  @Test
  void deletionVectors() {
    Table table = lake.create("dv", 3, SCHEMA, PartitionSpec.unpartitioned());
    DataFile first = TestingLake.append(table, rows(0, 100)).get(0);
    DataFile second = TestingLake.append(table, rows(100, 120)).get(0);
    TestingLake.deleteByVector(table, Map.of(first, new long[] {0, 1, 99}, second, new long[] {5}));
    DataFile third = TestingLake.append(table, rows(200, 210)).get(0);
    TestingLake.deleteByVector(table, Map.of(third, new long[] {0, 9}));
    assertChangesLeadFromSnapshotToSnapshot(table);
    assertThat(changes(table, "_change_type = 'DELETE'", Expressions.alwaysTrue())).hasSize(6);
  }

  private static Record id(int id) {
    return TestingLake.row(SCHEMA.select("id"), id);
  }

  private static void deleteIds(Table table, List<Record> ids) {
    TestingLake.deleteEqual(table, table.spec(), null, SCHEMA.select("id"), ids);
  }

  @Test
  void equalityDeletesOfTwoSnapshotsDoNotMix() {
    Table table = lake.create("eq", 2, SCHEMA, PartitionSpec.unpartitioned());
    TestingLake.append(table, rows(0, 30));
    deleteIds(table, List.of(id(3)));
    deleteIds(table, List.of(id(3), id(4)));
    TestingLake.append(table, rows(3, 5));
    deleteIds(table, List.of(id(4)));
    assertChangesLeadFromSnapshotToSnapshot(table);
    assertThat(changes(table, "_change_type = 'DELETE'", Expressions.alwaysTrue())).hasSize(3);
  }

  @Test
  void conditionsOnSnapshotsAndRowsAvoidFiles() {
    Table table = lake.create("prune", 3, SCHEMA, PartitionSpec.unpartitioned());
    for (int i = 0; i < 10; i++) {
      TestingLake.append(table, rows(i * 100, i * 100 + 100));
    }
    table.refresh();
    long newest = table.currentSnapshot().snapshotId();
    assertThat(plan(table, Expressions.alwaysTrue()).files()).isEqualTo(10);
    assertThat(plan(table, Expressions.equal("_snapshot_id", newest)).files()).isEqualTo(1);
    assertThat(plan(table, Expressions.notEqual("_change_type", "INSERT")).files()).isZero();
    long at = table.currentSnapshot().timestampMillis() * 1_000;
    assertThat(plan(table, Expressions.greaterThan("_commit_at", at)).files()).isZero();
    assertThat(plan(table, Expressions.lessThan("id", 150)).files()).isEqualTo(2);
    Expression either =
        Expressions.or(Expressions.lessThan("id", 50), Expressions.equal("_snapshot_id", newest));
    assertThat(plan(table, either).files()).isEqualTo(10);
    assertThat(changes(table, "id < 3 OR _snapshot_id = " + newest, either)).hasSize(103);
  }

  @Test
  void columnsAddedSinceAreNullAndEmptyTablesHaveNoChanges() {
    Table table = lake.create("evolved", 3, SCHEMA, PartitionSpec.unpartitioned());
    assertThat(changes(table, "true", Expressions.alwaysTrue())).isEmpty();
    TestingLake.append(table, rows(0, 2));
    table.updateSchema().renameColumn("host", "was").commit();
    table.updateSchema().addColumn("host", Types.LongType.get()).commit();
    assertThat(changes(table, "host IS NULL", Expressions.isNull("host"))).hasSize(2);
  }

  @Test
  void whatHasNoKnownParentIsLeftOut() {
    Table table = lake.create("expired", 3, SCHEMA, PartitionSpec.unpartitioned());
    TestingLake.append(table, rows(0, 2));
    TestingLake.append(table, rows(2, 4));
    TestingLake.append(table, rows(4, 6));
    table.refresh();
    table.expireSnapshots().expireSnapshotId(table.history().get(0).snapshotId()).commit();
    assertThat(changes(table, "true", Expressions.alwaysTrue())).hasSize(2);
  }
}
