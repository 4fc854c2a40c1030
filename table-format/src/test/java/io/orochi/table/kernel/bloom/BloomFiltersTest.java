package io.orochi.table.kernel.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.TestingKernel;
import io.orochi.table.kernel.TestingLake;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanRequest;
import io.orochi.table.layout.BloomFilterColumns;
import io.orochi.table.layout.TableOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row is made of one number, so that one set of numbers tells what the table holds. */
class BloomFiltersTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "name", Types.StringType.get()),
          NestedField.optional(3, "price", Types.DecimalType.of(9, 2)),
          NestedField.optional(4, "day", Types.DateType.get()),
          NestedField.optional(5, "ts", Types.TimestampType.withoutZone()));
  private static final int NUMBERS = 1_000_000;
  private static final int ROWS = 200;
  private static final int VALUES = 1_000;
  private static final int ROUNDS = 16;
  private static final int BITSET_BYTES = 2_048;

  private final Random random = new Random(42);
  private final Set<Integer> held = new TreeSet<>();

  @TempDir Path folder;
  private TestingLake lake;
  private Table table;

  @BeforeEach
  void create() {
    lake = new TestingLake(folder);
    Map<String, String> options =
        Map.of(
            TableOptions.BLOOM_FILTER,
            "id, name, price, day, ts",
            TableOptions.BLOOM_FILTER_VALUES,
            String.valueOf(VALUES));
    table =
        lake.create(
            "t",
            3,
            SCHEMA,
            PartitionSpec.unpartitioned(),
            BloomFilterColumns.addTo(options, SCHEMA));
  }

  private List<Record> rows() {
    List<Record> rows = new ArrayList<>();
    while (rows.size() < ROWS) {
      int number = random.nextInt(NUMBERS);
      if (held.add(number)) {
        rows.add(row(number));
      }
    }
    rows.add(GenericRecord.create(table.schema()));
    return rows;
  }

  private Record row(int number) {
    boolean wide = table.schema().findType(1).typeId() == Types.LongType.get().typeId();
    Object id = wide ? (Object) (long) number : (Object) number;
    return TestingLake.row(
        table.schema(), id, name(number), price(number), day(number), time(number));
  }

  private static String name(int number) {
    return "n" + number + (number % 2 == 0 ? "" : " of those whose hash takes more than a step");
  }

  private static BigDecimal price(int number) {
    return BigDecimal.valueOf(number, 2);
  }

  private static LocalDate day(int number) {
    return LocalDate.ofEpochDay(number);
  }

  private static LocalDateTime time(int number) {
    return LocalDateTime.ofEpochSecond(number, 0, ZoneOffset.UTC);
  }

  /** What asks for a number, by each column, and the same for the kernel. */
  private static Map<String, Expression> questions(int number, String name) {
    Map<String, Expression> questions = new HashMap<>();
    questions.put("id = " + number, Expressions.equal("id", number));
    questions.put(name + " = '" + name(number) + "'", Expressions.equal(name, name(number)));
    questions.put("price = " + price(number), Expressions.equal("price", price(number)));
    questions.put("day = DATE '" + day(number) + "'", Expressions.equal("day", number));
    questions.put(
        "ts = TIMESTAMP '" + time(number) + "'", Expressions.equal("ts", number * 1_000_000L));
    questions.put(
        "id IN (-1, %d) AND (id > 5 OR day < DATE '2000-01-01' OR %s <> '')"
            .formatted(number, name),
        Expressions.and(
            Expressions.in("id", -1, number),
            Expressions.or(Expressions.greaterThan("id", 5), Expressions.notEqual(name, ""))));
    return questions;
  }

  private ScanPlan plan(TestingKernel kernel) {
    table.refresh();
    return kernel.planner().plan(table, ScanRequest.everything());
  }

  /** Returns how many files were left, asking for numbers that are there and others. */
  private long ask(TestingKernel kernel, String name) {
    List<Integer> there = List.copyOf(held);
    long files = 0;
    for (int i = 0; i < ROUNDS; i++) {
      int number = i % 2 == 0 ? random.nextInt(NUMBERS) : there.get(random.nextInt(there.size()));
      for (Map.Entry<String, Expression> question : questions(number, name).entrySet()) {
        try (KernelSession session = kernel.kernel().openSession()) {
          ScanPlan left = session.narrow(plan(kernel), question.getValue());
          String sql =
              "SELECT count(*) FROM " + session.register(left) + " WHERE " + question.getKey();
          assertThat(TestingKernel.rows(session, sql))
              .as(question.getKey())
              .containsExactly(held.contains(number) ? "{1}" : "{0}");
          files += left.filesRead();
        }
      }
    }
    return files;
  }

  @Test
  void noRowIsLostWhateverBecameOfTheTable() {
    Map<DataFile, long[]> deleted = new HashMap<>();
    for (int i = 0; i < 4; i++) {
      List<Record> rows = rows();
      DataFile file = lake.commit(table, rows).get(0);
      deleted.put(file, new long[] {3, 100});
      held.remove(rows.get(3).get(0, Integer.class));
      held.remove(rows.get(100).get(0, Integer.class));
    }
    TestingLake.deleteByVector(table, deleted);
    try (TestingKernel kernel = TestingKernel.over(folder)) {
      long asked = (long) ROUNDS * questions(0, "name").size();
      assertThat(ask(kernel, "name")).isLessThan(asked);
      table
          .updateSchema()
          .updateColumn("id", Types.LongType.get())
          .updateColumn("price", Types.DecimalType.of(18, 2))
          .renameColumn("name", "label")
          .commit();
      lake.commit(table, rows());
      lake.commit(table, rows());
      assertThat(ask(kernel, "label")).isLessThan(3 * asked);
      try (KernelSession session = kernel.kernel().openSession()) {
        ScanPlan left = session.narrow(plan(kernel), Expressions.equal("id", 5_000_000_000L));
        assertThat(left.filesRead()).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void aFileOfAnotherWriterIsNeverSkipped() {
    TestingLake.append(table, rows());
    try (TestingKernel kernel = TestingKernel.over(folder);
        KernelSession session = kernel.kernel().openSession()) {
      assertThat(session.narrow(plan(kernel), Expressions.equal("id", -1)).filesRead()).isOne();
    }
  }

  /** Why only a verified file is asked: this filter says that the row is not there. */
  @Test
  void aFilterThatLostItsBitsIsNotBelieved() throws IOException {
    DataFile file = lake.commit(table, rows()).get(0);
    Path path = Path.of(file.location().replaceFirst("^file:(//)?", ""));
    Files.write(path, withoutBits(Files.readAllBytes(path)));
    Expression there = Expressions.equal("id", held.iterator().next());
    try (TestingKernel kernel = TestingKernel.over(folder);
        KernelSession session = kernel.kernel().openSession()) {
      ScanPlan plan = plan(kernel);
      assertThatThrownBy(() -> session.narrow(plan, there))
          .isInstanceOf(OrochiException.class)
          .hasMessageContaining("Cannot trust data file")
          .extracting(failure -> ((OrochiException) failure).code())
          .isEqualTo(OrochiErrorCode.DATA_FILE_CORRUPT);
    }
    try (TestingKernel kernel = TestingKernel.over(folder, (t, f) -> Optional.empty());
        KernelSession session = kernel.kernel().openSession()) {
      assertThat(session.narrow(plan(kernel), there).filesRead()).isOne();
    }
  }

  /** The bits of all filters follow the end of their headers. */
  private static byte[] withoutBits(byte[] bytes) {
    byte[] end = {0x1c, 0x1c, 0, 0, 0x1c, 0x1c, 0, 0, 0x1c, 0x1c, 0, 0, 0};
    int cleared = 0;
    for (int i = 0; i + end.length + BITSET_BYTES < bytes.length; i++) {
      if (java.util.Arrays.equals(bytes, i, i + end.length, end, 0, end.length)) {
        java.util.Arrays.fill(bytes, i + end.length, i + end.length + BITSET_BYTES, (byte) 0);
        cleared++;
      }
    }
    assertThat(cleared).isEqualTo(SCHEMA.columns().size());
    return bytes;
  }
}
