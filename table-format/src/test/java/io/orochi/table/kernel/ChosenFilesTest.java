package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files chosen from manifests in memory are those that Iceberg's own scan chooses. */
class ChosenFilesTest {
  private static final int QUESTIONS = 60;
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "ts", Types.TimestampType.withZone()),
          NestedField.optional(2, "host", Types.StringType.get()),
          NestedField.optional(3, "value", Types.IntegerType.get()),
          NestedField.optional(4, "share", Types.DoubleType.get()));
  private static final OffsetDateTime START =
      OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  @TempDir Path folder;
  private final Random random = new Random(11);
  private TestingKernel kernel;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void withoutDeletesAndAfterThePartitioningChanged() throws IOException {
    Table table = create(2);
    for (int commit = 0; commit < 5; commit++) {
      TestingLake.append(table, rows(table.schema()));
      if (commit == 2) {
        table.updateSpec().addField("host").removeField("host_bucket").commit();
      }
      ask(table);
    }
    table.updateSchema().updateColumn("value", Types.LongType.get()).commit();
    TestingLake.append(table, rows(table.schema()));
    ask(table);
    table.updateSchema().addColumn("more", Types.StringType.get()).deleteColumn("share").commit();
    TestingLake.append(table, rows(table.schema()));
    ask(table);
  }

  @Test
  void withDeletionVectors() throws IOException {
    Table table = create(3);
    for (int commit = 0; commit < 4; commit++) {
      List<DataFile> files = TestingLake.append(table, rows(table.schema()));
      TestingLake.deleteByVector(table, Map.of(files.get(0), new long[] {0}));
      ask(table);
    }
    assertThat(plan(table, Expressions.alwaysTrue()).tasks())
        .filteredOn(task -> !task.deletes().isEmpty())
        .hasSize(4);
  }

  @Test
  void withPositionDeletes() throws IOException {
    Table table = create(2);
    List<DataFile> files = TestingLake.append(table, rows(table.schema()));
    TestingLake.deletePositions(table, files.get(0), 0);
    ask(table);
  }

  private Table create(int formatVersion) {
    PartitionSpec spec =
        PartitionSpec.builderFor(SCHEMA).day("ts").bucket("host", 3, "host_bucket").build();
    return new TestingLake(folder).create("t" + formatVersion, formatVersion, SCHEMA, spec);
  }

  private List<Record> rows(Schema schema) {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Object[] values =
          schema.columns().stream()
              .map(column -> random.nextInt(8) == 0 ? null : value(column))
              .toArray();
      rows.add(TestingLake.row(schema, values));
    }
    return rows;
  }

  private Object value(NestedField column) {
    return switch (column.type().typeId()) {
      case TIMESTAMP -> START.plusHours(random.nextInt(24 * 5));
      case INTEGER -> random.nextInt(100);
      case LONG -> (long) random.nextInt(100);
      case DOUBLE -> random.nextInt(10) == 0 ? Double.NaN : random.nextDouble();
      default -> "host-" + random.nextInt(6);
    };
  }

  private void ask(Table table) throws IOException {
    for (int i = 0; i < QUESTIONS; i++) {
      Expression filter = filter(table.schema(), 2);
      for (Snapshot snapshot : List.of(table.currentSnapshot(), anyLike(table))) {
        assertThat(chosen(plan(table, snapshot, filter).tasks()))
            .describedAs("%s", filter)
            .isEqualTo(chosen(byIceberg(table, snapshot, filter)));
      }
    }
  }

  /** A snapshot, maybe of the past, whose columns are those of now. */
  private Snapshot anyLike(Table table) {
    List<Snapshot> alike =
        StreamSupport.stream(table.snapshots().spliterator(), false)
            .filter(s -> table.schemas().get(s.schemaId()).sameSchema(table.schema()))
            .toList();
    return alike.get(random.nextInt(alike.size()));
  }

  private Expression filter(Schema schema, int depth) {
    if (depth > 0 && random.nextBoolean()) {
      Expression left = filter(schema, depth - 1);
      Expression right = filter(schema, depth - 1);
      return switch (random.nextInt(3)) {
        case 0 -> Expressions.and(left, right);
        case 1 -> Expressions.or(left, right);
        default -> Expressions.not(left);
      };
    }
    NestedField column = schema.columns().get(random.nextInt(schema.columns().size()));
    Object value = value(column);
    Object literal =
        value instanceof OffsetDateTime || value.equals(Double.NaN) ? value.toString() : value;
    return switch (value.equals(Double.NaN) ? 6 : random.nextInt(6)) {
      case 0 -> Expressions.equal(column.name(), literal);
      case 1 -> Expressions.lessThan(column.name(), literal);
      case 2 -> Expressions.greaterThanOrEqual(column.name(), literal);
      case 3 -> Expressions.isNull(column.name());
      case 4 -> Expressions.notNull(column.name());
      case 5 -> Expressions.notEqual(column.name(), literal);
      default -> Expressions.isNaN(column.name());
    };
  }

  private ScanPlan plan(Table table, Expression filter) {
    return plan(table, table.currentSnapshot(), filter);
  }

  private ScanPlan plan(Table table, Snapshot snapshot, Expression filter) {
    return kernel.planner().plan(table, new ScanRequest(snapshot.snapshotId(), List.of(), filter));
  }

  private static List<FileScanTask> byIceberg(Table table, Snapshot snapshot, Expression filter)
      throws IOException {
    try (CloseableIterable<FileScanTask> tasks =
        table
            .newScan()
            .useSnapshot(snapshot.snapshotId())
            .ignoreResiduals()
            .filter(filter)
            .planFiles()) {
      return StreamSupport.stream(tasks.spliterator(), false).toList();
    }
  }

  private static TreeSet<String> chosen(List<FileScanTask> tasks) {
    TreeSet<String> chosen = new TreeSet<>();
    for (FileScanTask task : tasks) {
      chosen.add(
          task.file().location()
              + " of spec "
              + task.spec()
              + " without "
              + task.deletes().stream().map(file -> file.location()).toList());
    }
    return chosen;
  }
}
