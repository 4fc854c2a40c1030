package io.orochi.table.kernel.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.TestingKernel;
import io.orochi.table.kernel.TestingLake;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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

class SchemaEvolutionTest {
  private static final Schema FLAT =
      new Schema(
          NestedField.required(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "name", Types.StringType.get()),
          NestedField.optional(3, "reading", Types.FloatType.get()),
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

  private Table flat() {
    Table table = lake.create("flat", 2, FLAT, PartitionSpec.unpartitioned());
    TestingLake.append(
        table,
        List.of(
            TestingLake.row(FLAT, 1, "a", 1.5f, new java.math.BigDecimal("1.25")),
            TestingLake.row(FLAT, 2, null, null, null)));
    return table;
  }

  private void assertSame(Table table) {
    table.refresh();
    assertThat(kernel.rows(table)).isEqualTo(TestingLake.rows(table)).isNotEmpty();
  }

  @Test
  void anUnchangedSchemaReadsAsWritten() {
    assertSame(flat());
  }

  @Test
  void aRenamedColumnKeepsItsValues() {
    Table table = flat();
    table.updateSchema().renameColumn("name", "Label \"x\" 'y'").commit();
    assertSame(table);
  }

  @Test
  void anAddedColumnIsNullInOldFiles() {
    Table table = flat();
    table.updateSchema().addColumn("extra", Types.LongType.get()).commit();
    assertSame(table);
  }

  @Test
  void aDroppedAndAddedAgainColumnIsNewAndEmpty() {
    Table table = flat();
    table.updateSchema().deleteColumn("name").commit();
    table.updateSchema().addColumn("name", Types.StringType.get()).commit();
    assertSame(table);
  }

  @Test
  void promotedColumnsWiden() {
    Table table = flat();
    table
        .updateSchema()
        .updateColumn("id", Types.LongType.get())
        .updateColumn("reading", Types.DoubleType.get())
        .updateColumn("price", Types.DecimalType.of(20, 2))
        .commit();
    TestingLake.append(
        table,
        List.of(
            TestingLake.row(
                table.schema(),
                1L << 40,
                "wide",
                1e300,
                new java.math.BigDecimal("123456789012345678.99"))));
    assertSame(table);
  }

  @Test
  void swappedNamesDoNotSwapValues() {
    Table table = flat();
    table.updateSchema().addColumn("other", Types.StringType.get()).commit();
    table.updateSchema().renameColumn("name", "tmp").commit();
    table.updateSchema().renameColumn("other", "name").commit();
    table.updateSchema().renameColumn("tmp", "other").commit();
    assertSame(table);
  }

  @Test
  void reorderedColumnsKeepTheirValues() {
    Table table = flat();
    table.updateSchema().moveFirst("price").moveAfter("id", "name").commit();
    assertSame(table);
  }

  @Test
  void nestedFieldsAreFoundByIdAtEveryDepth() {
    Types.StructType point =
        Types.StructType.of(
            NestedField.optional(10, "x", Types.IntegerType.get()),
            NestedField.optional(11, "y", Types.StringType.get()));
    Types.StructType element =
        Types.StructType.of(NestedField.optional(20, "k", Types.IntegerType.get()));
    Types.StructType value =
        Types.StructType.of(NestedField.optional(30, "v", Types.StringType.get()));
    Schema schema =
        new Schema(
            NestedField.required(1, "id", Types.IntegerType.get()),
            NestedField.optional(2, "p", point),
            NestedField.optional(3, "l", Types.ListType.ofOptional(4, element)),
            NestedField.optional(
                5, "m", Types.MapType.ofOptional(6, 7, Types.StringType.get(), value)));
    Table table = lake.create("nested", 2, schema, PartitionSpec.unpartitioned());
    Types.StructType top = table.schema().asStruct();
    Record p = GenericRecord.create(top.field("p").type().asStructType());
    p.set(0, 7);
    p.set(1, "why");
    Record k =
        GenericRecord.create(top.field("l").type().asListType().elementType().asStructType());
    k.set(0, 9);
    Record v = GenericRecord.create(top.field("m").type().asMapType().valueType().asStructType());
    v.set(0, "vee");
    TestingLake.append(
        table,
        List.of(
            TestingLake.row(table.schema(), 1, p, List.of(k, k), Map.of("a", v)),
            TestingLake.row(table.schema(), 2, null, null, null)));
    table
        .updateSchema()
        .renameColumn("p.x", "renamed x")
        .renameColumn("l.element.k", "kk")
        .renameColumn("m.value.v", "vv")
        .addColumn("p", "added", Types.DoubleType.get())
        .deleteColumn("p.y")
        .commit();
    table.updateSchema().addColumn("p", "y", Types.StringType.get()).commit();
    table.updateSchema().updateColumn("p.renamed x", Types.LongType.get()).commit();
    assertSame(table);
  }

  @Test
  void anInitialDefaultFillsOldFiles() {
    Table table = lake.create("defaults", 3, FLAT, PartitionSpec.unpartitioned());
    TestingLake.append(table, List.of(TestingLake.row(FLAT, 1, "a", 1.5f, null)));
    table
        .updateSchema()
        .addColumn(
            "unit", Types.StringType.get(), org.apache.iceberg.expressions.Literal.of("it's °C"))
        .addColumn(
            "scale", Types.IntegerType.get(), org.apache.iceberg.expressions.Literal.of(1000))
        .addColumn(
            "since",
            Types.TimestampType.withZone(),
            org.apache.iceberg.expressions.Literal.of("2020-01-01T00:00:00.123456+00:00"))
        .commit();
    assertSame(table);
  }

  @Test
  void aTableWithoutSnapshotIsEmpty() {
    Table table = lake.create("empty", 2, FLAT, PartitionSpec.unpartitioned());
    assertThat(kernel.rows(table)).isEmpty();
    assertThat(
            kernel
                .planner()
                .plan(table, io.orochi.table.kernel.scan.ScanRequest.everything())
                .filesTotal())
        .isZero();
  }
}
