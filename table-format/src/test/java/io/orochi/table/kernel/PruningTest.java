package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.Distribution;
import io.orochi.table.layout.TableLayout;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
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

class PruningTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "ts", Types.TimestampType.withZone()),
          NestedField.required(2, "host", Types.StringType.get()),
          NestedField.required(3, "value", Types.LongType.get()));
  private static final OffsetDateTime START =
      OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  @TempDir Path folder;
  private TestingKernel kernel;
  private Table table;

  @BeforeEach
  void write() {
    kernel = TestingKernel.over(folder);
    TableLayout layout =
        new TableLayout(
            "ts",
            new ChunkInterval(2, ChunkInterval.Unit.DAY),
            new Distribution.Hash("host", 4),
            List.of());
    table =
        new TestingLake(folder)
            .create("t", 2, SCHEMA, layout.partitionSpec(SCHEMA), layout.properties());
    List<Record> rows = new ArrayList<>();
    for (int hour = 0; hour < 8 * 24; hour++) {
      for (int host = 0; host < 8; host++) {
        rows.add(
            TestingLake.row(SCHEMA, START.plusHours(hour), "host-" + host, (long) hour * host));
      }
    }
    TestingLake.append(table, rows);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  private ScanPlan plan(Expression filter) {
    return kernel.planner().plan(table, new ScanRequest(null, List.of(), filter));
  }

  private static Expression day(int day) {
    return Expressions.and(
        Expressions.greaterThanOrEqual("ts", START.plusDays(day).toString()),
        Expressions.lessThan("ts", START.plusDays(day + 1).toString()));
  }

  @Test
  void everythingIsCountedWithoutAFilter() {
    ScanPlan plan = plan(Expressions.alwaysTrue());
    assertThat(plan.read()).isEqualTo(plan.total());
    assertThat(plan.chunksTotal()).isBetween(4L, 5L);
    assertThat(plan.shardsTotal()).isBetween(2L, 4L);
    assertThat(plan.filesTotal()).isEqualTo(8 * plan.shardsTotal());
  }

  @Test
  void timeAndKeyPruneChunksAndShards() {
    ScanPlan plan = plan(Expressions.and(day(3), Expressions.equal("host", "host-3")));
    assertThat(plan.filesRead()).isEqualTo(1);
    assertThat(plan.chunksRead()).isEqualTo(1);
    assertThat(plan.shardsRead()).isEqualTo(1);
    ScanPlan all = plan(Expressions.alwaysTrue());
    assertThat(plan.total()).isEqualTo(all.total());
    assertThat(plan.bytesRead()).isPositive().isLessThan(plan.bytesTotal());
  }

  @Test
  void aPrunedScanAnswersLikeAnUnprunedOne() {
    String sql =
        "SELECT host, count(*), sum(value)::BIGINT FROM %s WHERE ts >= TIMESTAMPTZ"
            + " '2026-01-04 00:00:00+00' AND ts < TIMESTAMPTZ '2026-01-05 00:00:00+00'"
            + " AND host = 'host-3' GROUP BY host";
    ScanRequest pruned =
        new ScanRequest(
            null, List.of(), Expressions.and(day(3), Expressions.equal("host", "host-3")));
    assertThat(kernel.query(table, pruned, sql))
        .isEqualTo(kernel.query(table, ScanRequest.everything(), sql))
        .hasSize(1);
  }

  @Test
  void minAndMaxPruneFilesOfOnePartition() {
    assertThat(plan(Expressions.greaterThan("value", 1_000_000L)).filesRead()).isZero();
  }

  @Test
  void aPlanIsKeptForItsSnapshotOnly() {
    Expression filter = Expressions.equal("host", "host-3");
    ScanPlan first = plan(filter);
    assertThat(plan(Expressions.equal("host", "host-3")).tasks()).isEqualTo(first.tasks());
    TestingLake.append(table, List.of(TestingLake.row(SCHEMA, START, "host-3", 1L)));
    assertThat(plan(filter).filesRead()).isEqualTo(first.filesRead() + 1);
    ScanPlan then =
        kernel.planner().plan(table, new ScanRequest(first.snapshotId(), List.of(), filter));
    assertThat(then.filesRead()).isEqualTo(first.filesRead());
  }

  @Test
  void aFilterThatIcebergCannotBindPrunesNothing() {
    ScanPlan plan = plan(Expressions.equal("nothing", 1));
    assertThat(plan.filesRead()).isEqualTo(plan.filesTotal());
  }

  @Test
  void namesThatChangedHandsDoNotPrune() {
    Schema schema =
        new Schema(
            NestedField.required(1, "a", Types.LongType.get()),
            NestedField.required(2, "b", Types.LongType.get()));
    Table swapped =
        new TestingLake(folder)
            .create("swapped", 2, schema, PartitionSpec.unpartitioned(), Map.of());
    TestingLake.append(swapped, List.of(TestingLake.row(schema, 1L, 100L)));
    long before = swapped.currentSnapshot().snapshotId();
    swapped.updateSchema().renameColumn("a", "c").commit();
    swapped.updateSchema().renameColumn("b", "a").commit();
    swapped.updateSchema().renameColumn("c", "b").commit();

    Expression now = Expressions.equal("a", 100L);
    Expression then = Expressions.equal("a", 1L);
    ScanPlanner planner = kernel.planner();
    assertThat(planner.plan(swapped, new ScanRequest(null, List.of(), now)).filesRead()).isOne();
    assertThat(planner.plan(swapped, new ScanRequest(before, List.of(), then)).filesRead()).isOne();
  }

  @Test
  void statisticsAreThoseOfTodaysNames() {
    long before = table.currentSnapshot().snapshotId();
    table
        .updateSchema()
        .renameColumn("value", "amount")
        .addColumn("more", Types.LongType.get())
        .commit();
    for (Long snapshotId : Arrays.asList(before, null)) {
      ScanRequest request =
          new ScanRequest(
              snapshotId,
              List.of(),
              Expressions.alwaysTrue(),
              Set.of("amount", "more"),
              ScanRequest.SchemaOf.TABLE);
      assertThat(kernel.planner().plan(table, request).tasks())
          .isNotEmpty()
          .allSatisfy(task -> assertThat(task.file().upperBounds()).containsOnlyKeys(3));
    }
  }

  @Test
  void aPlanWithStatisticsIsNotTakenForOneWithout() {
    assertThat(plan(Expressions.alwaysTrue()).tasks())
        .allSatisfy(task -> assertThat(task.file().upperBounds()).isNull());
    ScanRequest request =
        new ScanRequest(
            null,
            List.of(),
            Expressions.alwaysTrue(),
            Set.of("value"),
            ScanRequest.SchemaOf.SNAPSHOT);
    assertThat(kernel.planner().plan(table, request).tasks())
        .allSatisfy(task -> assertThat(task.file().upperBounds()).containsKey(3));
  }

  @Test
  void columnsComeInTheOrderAskedFor() {
    ScanRequest request = new ScanRequest(null, List.of("value", "host"), Expressions.alwaysTrue());
    assertThat(kernel.query(table, request, "SELECT * FROM %s ORDER BY 1 DESC, 2 LIMIT 1"))
        .containsExactly("{1337|host-7}");
  }

  @Test
  void unknownColumnsAndSnapshotsAreNamed() {
    assertThatThrownBy(
            () ->
                kernel
                    .planner()
                    .plan(table, new ScanRequest(null, List.of("vlaue"), Expressions.alwaysTrue())))
        .hasMessageContaining("Cannot find column vlaue")
        .hasMessageContaining("ts, host, value");
    assertThatThrownBy(
            () ->
                kernel
                    .planner()
                    .plan(table, new ScanRequest(7L, List.of(), Expressions.alwaysTrue())))
        .hasMessageContaining("Cannot find snapshot 7")
        .extracting(failure -> ((OrochiException) failure).code())
        .isEqualTo(OrochiErrorCode.SNAPSHOT_NOT_FOUND);
  }
}
