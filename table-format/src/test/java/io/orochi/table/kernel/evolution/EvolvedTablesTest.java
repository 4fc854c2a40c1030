package io.orochi.table.kernel.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.TestingKernel;
import io.orochi.table.kernel.TestingLake;
import io.orochi.table.kernel.scan.ScanRequest;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables whose columns come, go, change names and widen between commits, at random: the kernel
 * reads them as Iceberg does, and a filter that reaches the files keeps what it keeps above them.
 */
class EvolvedTablesTest {
  private static final int TABLES = 2;
  private static final int STEPS = 12;
  private static final Schema SCHEMA =
      new Schema(
          NestedField.required(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "a", Types.IntegerType.get()),
          NestedField.optional(3, "b", Types.StringType.get()),
          NestedField.optional(4, "c", Types.DecimalType.of(7, 2)),
          NestedField.optional(5, "d", Types.FloatType.get()),
          NestedField.optional(
              6,
              "n",
              Types.StructType.of(
                  NestedField.optional(7, "x", Types.IntegerType.get()),
                  NestedField.optional(8, "y", Types.StringType.get()))));

  @TempDir Path folder;
  private TestingKernel kernel;
  private Random random;

  @BeforeEach
  void open() {
    kernel = TestingKernel.over(folder);
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void theyAreReadAsIcebergReadsThem() {
    for (int seed = 0; seed < TABLES; seed++) {
      random = new Random(seed);
      Table table =
          new TestingLake(folder).create("t" + seed, 3, SCHEMA, PartitionSpec.unpartitioned());
      List<String> done = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        done.add(step % 2 == 0 ? fill(table) : alter(table));
        table.refresh();
        List<String> rows = TestingLake.rows(table);
        assertThat(kernel.rows(table)).as("table %d: %s", seed, done).isEqualTo(rows);
        assertFiltersAgree(table, "table " + seed + ": " + done);
      }
    }
  }

  private String fill(Table table) {
    List<Record> rows = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Object[] values =
          table.schema().columns().stream().map(column -> value(column.type())).toArray();
      values[0] = random.nextInt(100);
      rows.add(TestingLake.row(table.schema(), values));
    }
    DataFile file = TestingLake.append(table, rows).get(0);
    if (random.nextInt(3) == 0) {
      Map<DataFile, long[]> deletes = new HashMap<>();
      deletes.put(file, new long[] {random.nextInt(20)});
      TestingLake.deleteByVector(table, deletes);
      return "fill and delete";
    }
    return "fill";
  }

  private Object value(Type type) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    return switch (type.typeId()) {
      case INTEGER -> random.nextInt(10);
      case LONG -> (long) random.nextInt(10);
      case FLOAT -> random.nextInt(10) / 4f;
      case DOUBLE -> random.nextInt(10) / 4.0;
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(1_000), 2);
      case STRUCT -> {
        GenericRecord record = GenericRecord.create(type.asStructType());
        for (int i = 0; i < record.size(); i++) {
          record.set(i, value(type.asStructType().fields().get(i).type()));
        }
        yield record;
      }
      default -> "s" + random.nextInt(10);
    };
  }

  private String alter(Table table) {
    List<NestedField> columns = table.schema().columns();
    NestedField column = columns.get(1 + random.nextInt(columns.size() - 1));
    UpdateSchema update = table.updateSchema();
    String change =
        switch (random.nextInt(5)) {
          case 0 -> add(update, columns);
          case 1 -> columns.size() > 4 ? drop(update, column) : add(update, columns);
          case 2 -> rename(update, column, columns);
          case 3 -> widen(update, column);
          default -> column.type().isStructType() ? inside(update, column) : add(update, columns);
        };
    update.commit();
    return change;
  }

  /** Often a name that was there before. */
  private String freeName(List<NestedField> columns) {
    for (String name : List.of("a", "b", "c", "d", "n", "e", "f", "g")) {
      if (columns.stream().noneMatch(column -> column.name().equals(name))) {
        return name;
      }
    }
    return "z" + random.nextInt(1_000_000);
  }

  private String add(UpdateSchema update, List<NestedField> columns) {
    String name = freeName(columns);
    update.addColumn(name, random.nextBoolean() ? Types.IntegerType.get() : Types.StringType.get());
    return "add " + name;
  }

  private static String drop(UpdateSchema update, NestedField column) {
    update.deleteColumn(column.name());
    return "drop " + column.name();
  }

  private String rename(UpdateSchema update, NestedField column, List<NestedField> columns) {
    String name = freeName(columns);
    update.renameColumn(column.name(), name);
    return "rename " + column.name() + " to " + name;
  }

  private static String widen(UpdateSchema update, NestedField column) {
    switch (column.type().typeId()) {
      case INTEGER -> update.updateColumn(column.name(), Types.LongType.get());
      case FLOAT -> update.updateColumn(column.name(), Types.DoubleType.get());
      case DECIMAL -> update.updateColumn(column.name(), Types.DecimalType.of(18, 2));
      default -> update.updateColumnDoc(column.name(), "not widened");
    }
    return "widen " + column.name();
  }

  private String inside(UpdateSchema update, NestedField column) {
    String name = column.type().asStructType().fields().get(0).name();
    String next = name + random.nextInt(10);
    update.renameColumn(column.name() + "." + name, next);
    return "rename " + column.name() + "." + name + " to " + next;
  }

  private void assertFiltersAgree(Table table, String done) {
    for (NestedField column : table.schema().columns()) {
      String name = '"' + column.name() + '"';
      String condition =
          switch (column.type().typeId()) {
            case INTEGER, LONG -> name + " > 4";
            case FLOAT, DOUBLE, DECIMAL -> name + " <= 1.25";
            case STRING -> name + " IN ('s1', 's4', 's7')";
            default -> name + " IS NULL";
          };
      ScanRequest all = ScanRequest.everything();
      assertThat(kernel.query(table, all, "SELECT count(*) FROM %s WHERE " + condition))
          .as("%s, %s", done, condition)
          .isEqualTo(
              kernel.query(table, all, "SELECT count(*) FILTER (" + condition + ") FROM %s"));
    }
  }
}
