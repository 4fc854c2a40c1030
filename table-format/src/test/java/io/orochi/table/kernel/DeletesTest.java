package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.deletes.DeleteMemory;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletesTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "host", Types.StringType.get()),
          NestedField.optional(3, "value", Types.DoubleType.get()));

  /** The only files that are read by field id are those in which a nested column has changed. */
  private static final Schema NESTED =
      new Schema(
          NestedField.required(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "host", Types.StringType.get()),
          NestedField.optional(3, "value", Types.DoubleType.get()),
          NestedField.optional(
              4,
              "place",
              Types.StructType.of(NestedField.optional(5, "x", Types.IntegerType.get()))));

  private static final Schema ID = SCHEMA.select("id");
  private static final Schema HOST = SCHEMA.select("host");
  private static final Schema VALUE = SCHEMA.select("value");

  @TempDir Path folder;
  private TestingKernel kernel;

  /** Has no memory for positions, so it joins. */
  private TestingKernel joining;

  private TestingLake lake;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
    joining = TestingKernel.over(folder, DeleteMemory.ofBytes(0));
    lake = new TestingLake(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
    joining.close();
  }

  private static List<Record> rows(int from, int to) {
    return rows(SCHEMA, from, to);
  }

  private static List<Record> rows(Schema schema, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> row(schema, i)).toList();
  }

  /** Columns after the third are NULL. */
  private static Record row(Schema schema, int id) {
    Object[] values = new Object[schema.columns().size()];
    values[0] = id;
    values[1] = id % 10 == 0 ? null : "h" + id % 3;
    values[2] = id % 7 == 0 ? Double.valueOf(Double.NaN) : id % 11 == 0 ? null : id / 2.0;
    return TestingLake.row(schema, values);
  }

  private void assertRows(Table table, int expected) {
    table.refresh();
    List<String> rows = TestingLake.rows(table);
    assertThat(rows).hasSize(expected);
    assertThat(kernel.rows(table)).isEqualTo(rows);
    assertThat(joining.rows(table)).isEqualTo(rows);
  }

  @Test
  void positionDeletesHideTheirRows() {
    Table table = lake.create("pos", 2, SCHEMA, PartitionSpec.unpartitioned());
    DataFile first = TestingLake.append(table, rows(0, 5000)).get(0);
    DataFile second = TestingLake.append(table, rows(5000, 6000)).get(0);
    TestingLake.append(table, rows(6000, 6100));
    TestingLake.deletePositions(table, first, 0, 1, 2047, 2048, 4999);
    TestingLake.deletePositions(table, second, 7);
    TestingLake.deletePositions(table, first, 3, 4);
    assertRows(table, 6100 - 8);
  }

  @Test
  void deletionVectorsHideTheirRows() {
    Table table = lake.create("dv", 3, SCHEMA, PartitionSpec.unpartitioned());
    DataFile first = TestingLake.append(table, rows(0, 5000)).get(0);
    DataFile second = TestingLake.append(table, rows(5000, 6000)).get(0);
    TestingLake.append(table, rows(6000, 6100));
    TestingLake.deleteByVector(
        table,
        Map.of(
            first,
            new long[] {0, 2048, 4999},
            second,
            IntStream.range(0, 999).asLongStream().toArray()));
    assertRows(table, 6100 - 3 - 999);
  }

  @Test
  void equalityDeletesHideOlderRowsOnly() {
    Table table = lake.create("eq", 2, SCHEMA, PartitionSpec.unpartitioned());
    TestingLake.append(table, rows(0, 100));
    TestingLake.deleteEqual(
        table, table.spec(), null, ID, List.of(TestingLake.row(ID, 5), TestingLake.row(ID, 50)));
    TestingLake.append(table, rows(5, 6));
    assertRows(table, 99);
    TestingLake.append(table, rows(50, 51));
    TestingLake.deleteEqual(table, table.spec(), null, ID, List.of(TestingLake.row(ID, 5)));
    assertRows(table, 99);
  }

  @Test
  void nullAndNanKeysAreEqualToThemselves() {
    Table table = lake.create("eqnull", 2, SCHEMA, PartitionSpec.unpartitioned());
    TestingLake.append(table, rows(0, 100));
    TestingLake.deleteEqual(
        table, table.spec(), null, HOST, List.of(TestingLake.row(HOST, (Object) null)));
    assertRows(table, 90);
    TestingLake.deleteEqual(
        table, table.spec(), null, VALUE, List.of(TestingLake.row(VALUE, Double.NaN)));
    assertRows(table, 90 - 13);
    TestingLake.deleteEqual(
        table, table.spec(), null, VALUE, List.of(TestingLake.row(VALUE, (Object) null)));
    table.refresh();
    assertThat(kernel.rows(table)).isEqualTo(TestingLake.rows(table));
  }

  @Test
  void equalityDeletesStayInTheirPartition() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("host").build();
    Table table = lake.create("eqpart", 2, SCHEMA, spec);
    List<DataFile> files = TestingLake.append(table, rows(0, 100));
    DataFile h1 =
        files.stream()
            .filter(file -> "h1".equals(file.partition().get(0, String.class)))
            .findFirst()
            .orElseThrow();
    List<Record> keys = IntStream.range(0, 100).mapToObj(i -> TestingLake.row(ID, i)).toList();
    TestingLake.deleteEqual(table, table.spec(), h1.partition(), ID, keys);
    assertRows(table, 100 - (int) h1.recordCount());
  }

  @Test
  void keysAndColumnsMayBeDroppedRenamedAndMixed() {
    Table table = lake.create("eqmix", 2, SCHEMA, PartitionSpec.unpartitioned());
    DataFile file = TestingLake.append(table, rows(0, 100)).get(0);
    TestingLake.append(table, rows(100, 200));
    TestingLake.deleteEqual(table, table.spec(), null, ID, List.of(TestingLake.row(ID, 7)));
    TestingLake.deleteEqual(table, table.spec(), null, HOST, List.of(TestingLake.row(HOST, "h1")));
    TestingLake.deletePositions(table, file, 0, 9);
    table.updateSchema().renameColumn("host", "file_row_number").commit();
    table.updateSchema().updateColumn("id", Types.LongType.get()).commit();
    table.refresh();
    List<String> rows = kernel.rows(table);
    assertThat(rows).isEqualTo(TestingLake.rows(table)).isNotEmpty();
    // Iceberg's generic reader cannot read a table whose delete key was dropped
    table.updateSchema().deleteColumn("id").commit();
    assertThat(kernel.rows(table))
        .isEqualTo(
            rows.stream().map(row -> row.replaceFirst("^\\{\\d+\\|", "{")).sorted().toList());
  }

  @Test
  void manyFilesEachLoseTheirOwnRow() {
    Table table = lake.create("many", 3, SCHEMA, PartitionSpec.unpartitioned());
    java.util.Map<DataFile, long[]> deletes = new java.util.HashMap<>();
    for (int i = 0; i < 20; i++) {
      DataFile file = TestingLake.append(table, rows(i * 100, i * 100 + 100)).get(0);
      deletes.put(file, new long[] {i});
    }
    TestingLake.deleteByVector(table, deletes);
    assertRows(table, 20 * 99);
  }

  /** The same places with and without deletes, in files that are read by name, cast and by id. */
  @Test
  void placesAreThoseOfTheFilesWhereRowsAreDeleted() {
    Table table = lake.create("places", 3, NESTED, PartitionSpec.unpartitioned());
    DataFile first = append(table, 3000);
    TestingLake.append(table, rows(table.schema(), 3000, 3010));
    TestingLake.deleteByVector(table, Map.of(first, new long[] {0, 1, 2998}));
    assertPlaces(table);
    table.updateSchema().updateColumn("id", Types.LongType.get()).commit();
    assertPlaces(table);
    table.updateSchema().renameColumn("place.x", "lon").commit();
    assertPlaces(table);
  }

  private void assertPlaces(Table table) {
    table.refresh();
    ScanPlan plan = kernel.planner().plan(table, ScanRequest.everything());
    List<Long> starts =
        plan.tasks().stream().map(task -> task.file().recordCount() == 3000 ? 0L : 3000L).toList();
    for (TestingKernel each : List.of(kernel, joining)) {
      try (KernelSession session = each.kernel().openSession()) {
        String wrong =
            "SELECT count(*), count(*) FILTER (\"id\" <> %s[\"$file\" + 1] + \"$position\") FROM %s"
                .formatted(starts, session.registerWithPositions(plan));
        assertThat(TestingKernel.rows(session, wrong)).containsExactly("{3007|0}");
      }
    }
  }

  @Test
  void aDeletedPositionOutsideItsFileHidesNothing() {
    Table table = lake.create("outside", 2, SCHEMA, PartitionSpec.unpartitioned());
    DataFile file = TestingLake.append(table, rows(0, 100)).get(0);
    TestingLake.deletePositions(table, file, 3, 100, 1L << 40);
    assertRows(table, 99);
  }

  @Test
  void scansEndWithTheirSession() {
    Table table = lake.create("room", 3, NESTED, PartitionSpec.unpartitioned());
    DataFile file = TestingLake.append(table, rows(table.schema(), 0, 100)).get(0);
    TestingLake.deleteByVector(table, Map.of(file, new long[] {7}));
    table.updateSchema().renameColumn("place.x", "lon").commit();
    table.refresh();
    try (TestingKernel small = TestingKernel.over(folder, DeleteMemory.ofBytes(20))) {
      ScanPlan plan = small.planner().plan(table, ScanRequest.everything());
      for (int round = 0; round < 3; round++) {
        try (KernelSession session = small.kernel().openSession()) {
          String first = session.register(plan);
          String second = session.register(plan);
          assertThat(first).contains("orochi_kept").doesNotContain("get_bit");
          assertThat(second).contains("get_bit").doesNotContain("orochi_kept");
          for (String each : List.of(first, second)) {
            assertThat(TestingKernel.rows(session, "SELECT count(*), max(\"id\") FROM " + each))
                .containsExactly("{99|99}");
          }
        }
      }
    }
  }

  /** The same rows by the function, by bits and by single positions, at random. */
  @Test
  void everyWayHidesTheSameRows() {
    Random random = new Random(20);
    long hidden = 0;
    for (int round = 0; round < 4; round++) {
      Table table = lake.create("ways" + round, 3, NESTED, PartitionSpec.unpartitioned());
      Map<DataFile, long[]> deletes = new HashMap<>();
      for (int file = 0; file < 4; file++) {
        DataFile data = append(table, 1 + random.nextInt(9_000));
        int nth = 1 + random.nextInt(300);
        long[] some =
            LongStream.range(0, data.recordCount()).filter(i -> random.nextInt(nth) == 0).toArray();
        if (some.length > 0 && random.nextInt(4) > 0) {
          deletes.put(data, some);
        }
      }
      TestingLake.deleteByVector(table, deletes);
      int left = TestingLake.rows(table).size();
      hidden += deletes.values().stream().mapToLong(some -> some.length).sum();
      assertRows(table, left);
      table.updateSchema().addColumn("late", Types.LongType.get()).commit();
      assertRows(table, left);
      table.updateSchema().renameColumn("place.x", "lon").commit();
      assertRows(table, left);
    }
    assertThat(hidden).isPositive();
  }

  private static DataFile append(Table table, int rows) {
    return TestingLake.append(table, rows(table.schema(), 0, rows)).get(0);
  }
}
