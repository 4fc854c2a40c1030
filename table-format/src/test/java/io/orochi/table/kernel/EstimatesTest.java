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

  private String plan(Table table) {
    return String.join(
        "\n",
        kernel.query(table, ScanRequest.everything(), "EXPLAIN SELECT id, \"at\", price FROM %s"));
  }
}
