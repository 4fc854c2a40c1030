package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The kernel orders joins by what it thinks tables hold, and thinks of one row where it is given a
 * schema by field id: TPC-DS query 72 took minutes instead of a second.
 */
class EstimatesTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "name", Types.StringType.get()),
          NestedField.optional(3, "at", Types.TimestampType.withZone()),
          NestedField.optional(4, "price", Types.DecimalType.of(9, 2)));

  @TempDir Path folder;
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

  @Test
  void theKernelKnowsHowManyRowsUnchangedFilesHold() {
    assertThat(plan(filled("committed"))).contains("~500 rows").doesNotContain("~1 row");
  }

  @Test
  void theKernelKnowsHowManyRowsFilesWithDeletesHold() {
    Table table = lake.create("deleted", 3, SCHEMA, PartitionSpec.unpartitioned());
    DataFile file = lake.commit(table, rows()).get(0);
    TestingLake.deleteByVector(table, Map.of(file, new long[] {1, 2, 3}));
    assertThat(topOf(plan(table))).contains("~500 rows");

    ScanPlan plan = kernel.planner().plan(table, ScanRequest.everything());
    try (KernelSession session = kernel.kernel().openSession()) {
      String placed = session.registerWithPositions(plan);
      List<String> explained = TestingKernel.rows(session, "EXPLAIN SELECT * FROM " + placed);
      assertThat(topOf(String.join("\n", explained))).contains("~500 rows");
    }
  }

  @Test
  void theKernelKnowsHowManyRowsFilesFromBeforeAnAddedColumnHold() {
    Table table = filled("added");
    table.updateSchema().addColumn("more", Types.IntegerType.get()).commit();
    assertThat(explain(table, "SELECT * FROM %s WHERE id >= 0 OR more = 1"))
        .contains("~500 rows")
        .doesNotContain("~1 row");

    lake.commit(table, rows(table.schema()));
    assertThat(explain(table, "SELECT * FROM %s"))
        .containsPattern("(?s)~500 rows.*~500 rows")
        .doesNotContain("~1 row");
    assertThat(
            kernel.query(
                table,
                ScanRequest.everything(),
                "SELECT count(*), count(id), count(more), sum(id)::BIGINT FROM %s"))
        .isEqualTo(List.of("{1000|1000|500|249500}"));
  }

  @Test
  void theKernelKnowsHowManyRowsFilesFromBeforeARenameHold() {
    Table table = filled("renamed_only");
    table.updateSchema().renameColumn("name", "label").commit();
    assertThat(explain(table, "SELECT id, label FROM %s WHERE label LIKE 'n4%%'"))
        .doesNotContain("~1 row")
        .contains("Filters");
  }

  @Test
  void theKernelKnowsHowManyRowsAChangedTableWithDeletesHolds() {
    Table table = lake.create("changed_deleted", 3, SCHEMA, PartitionSpec.unpartitioned());
    DataFile file = lake.commit(table, rows()).get(0);
    table.updateSchema().addColumn("more", Types.IntegerType.get()).commit();
    table.updateSchema().renameColumn("name", "label").commit();
    TestingLake.deleteByVector(table, Map.of(file, new long[] {1, 2, 3}));

    assertThat(topOf(explain(table, "SELECT id, label, more FROM %s"))).contains("~500 rows");
    assertThat(
            kernel.query(
                table,
                ScanRequest.everything(),
                "SELECT count(*), count(label), count(more), min(label) FROM %s"))
        .isEqualTo(List.of("{497|497|0|n0}"));
  }

  @Test
  void theKernelKnowsHowManyRowsFilesWithNestedColumnsHold() {
    Table table = nested("nested");
    assertThat(explain(table, "SELECT * FROM %s")).contains("~500 rows");
  }

  @Test
  void aNestedColumnThatHasChangedIsStillReadById() {
    Table table = nested("nested_changed");
    table.updateSchema().renameColumn("place.x", "lon").commit();
    table.updateSchema().addColumn("place", "x", Types.IntegerType.get()).commit();

    assertThat(
            kernel.query(
                table,
                ScanRequest.everything(),
                "SELECT count(place.lon), count(place.x), sum(place.lon)::BIGINT FROM %s"))
        .isEqualTo(List.of("{500|0|124750}"));
  }

  @Test
  void theKernelKnowsHowManyRowsFilesFromBeforeAWideningHold() {
    Table table = filled("widened");
    table
        .updateSchema()
        .updateColumn("id", Types.LongType.get())
        .updateColumn("price", Types.DecimalType.of(18, 2))
        .commit();
    assertThat(explain(table, "SELECT * FROM %s")).contains("~500 rows").doesNotContain("~1 row");
    assertThat(
            kernel.query(
                table,
                ScanRequest.everything(),
                "SELECT typeof(any_value(id)), typeof(any_value(price)), max(id) FROM %s"))
        .isEqualTo(List.of("{BIGINT|DECIMAL(18,2)|499}"));
  }

  @Test
  void theSmallTableIsTheOneKeptInMemoryForAJoin() {
    Table many = filled("many");
    Table few = lake.create("few", 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.commit(few, rows().subList(0, 3));
    many.updateSchema().addColumn("more", Types.IntegerType.get()).commit();
    few.updateSchema().addColumn("more", Types.IntegerType.get()).commit();

    try (KernelSession session = kernel.kernel().openSession()) {
      String large = session.register(kernel.planner().plan(many, ScanRequest.everything()));
      String small = session.register(kernel.planner().plan(few, ScanRequest.everything()));
      for (String tables : List.of(large + " a, " + small + " b", small + " a, " + large + " b")) {
        String plan =
            String.join(
                "\n",
                TestingKernel.rows(
                    session,
                    "EXPLAIN SELECT a.more, b.more FROM " + tables + " WHERE a.id = b.id"));
        // the side that is kept is the one on the right
        assertThat(plan).contains("~500 rows").containsPattern("│[^│\n]*│  │ ~3 rows");
      }
    }
  }

  private Table nested(String name) {
    Schema schema =
        new Schema(
            NestedField.required(1, "id", Types.IntegerType.get()),
            NestedField.optional(
                2,
                "place",
                Types.StructType.of(
                    NestedField.optional(3, "x", Types.IntegerType.get()),
                    NestedField.optional(4, "at", Types.TimestampType.withZone()))),
            NestedField.optional(5, "tags", Types.ListType.ofOptional(6, Types.StringType.get())),
            NestedField.optional(
                7,
                "counts",
                Types.MapType.ofOptional(8, 9, Types.StringType.get(), Types.LongType.get())));
    Table table = lake.create(name, 2, schema, PartitionSpec.unpartitioned());
    List<Record> rows = new ArrayList<>();
    for (int id = 0; id < 500; id++) {
      Record place = GenericRecord.create(table.schema().findType("place").asStructType());
      place.set(0, id);
      rows.add(
          TestingLake.row(table.schema(), id, place, List.of("t" + id), Map.of("k", (long) id)));
    }
    lake.commit(table, rows);
    return table;
  }

  /** The steps above the join with what is deleted, which has a row for each file. */
  private static String topOf(String plan) {
    return plan.substring(0, plan.indexOf("Read Parquet"));
  }

  @Test
  void aRenamedColumnIsStillFoundById() {
    Table table = filled("renamed");
    table.updateSchema().renameColumn("name", "label").commit();
    table.updateSchema().addColumn("name", Types.StringType.get()).commit();

    assertThat(
            kernel.query(
                table,
                ScanRequest.everything(),
                "SELECT count(label) AS labels, count(name) AS names FROM %s"))
        .isEqualTo(List.of("{500|0}"));
  }

  private Table filled(String name) {
    Table table = lake.create(name, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.commit(table, rows());
    return table;
  }

  private static List<Record> rows() {
    List<Record> rows = new ArrayList<>();
    for (int id = 0; id < 500; id++) {
      rows.add(TestingLake.row(SCHEMA, id, "n" + id, null, null));
    }
    return rows;
  }

  private static List<Record> rows(Schema changed) {
    List<Record> rows = new ArrayList<>();
    for (int id = 0; id < 500; id++) {
      rows.add(TestingLake.row(changed, id, "n" + id, null, null, id));
    }
    return rows;
  }

  private String explain(Table table, String sql) {
    return String.join("\n", kernel.query(table, ScanRequest.everything(), "EXPLAIN " + sql));
  }

  private String plan(Table table) {
    return String.join(
        "\n",
        kernel.query(table, ScanRequest.everything(), "EXPLAIN SELECT id, \"at\", price FROM %s"));
  }
}
