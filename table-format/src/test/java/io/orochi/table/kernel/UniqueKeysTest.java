package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.commit.CommitOutcome;
import io.orochi.table.commit.SourcePosition;
import io.orochi.table.commit.TableChange;
import io.orochi.table.commit.TableCommitter;
import io.orochi.table.kernel.keys.KeyKernel;
import io.orochi.table.kernel.keys.KeyedAppend;
import io.orochi.table.kernel.keys.UniqueKeys;
import io.orochi.table.kernel.scan.ScanPlanner;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniqueKeysTest {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              NestedField.required(1, "Key", Types.StringType.get()),
              NestedField.optional(2, "v", Types.IntegerType.get())),
          Set.of(1));

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

  private final class Keys implements KeyKernel {
    @Override
    public ScanPlanner planner() {
      return kernel.planner();
    }

    @Override
    public void run(BiConsumer<KernelSession, BufferAllocator> work) {
      try (BufferAllocator allocator = new RootAllocator();
          KernelSession session = kernel.kernel().openSession()) {
        work.accept(session, allocator);
      }
    }
  }

  private Table create(int formatVersion, String dedup) {
    return lake.create(
        "t", formatVersion, SCHEMA, PartitionSpec.unpartitioned(), Map.of("orochi.dedup", dedup));
  }

  private KeyedAppend append(Table table, Object... rows) {
    List<Record> records =
        Arrays.stream(rows).map(row -> TestingLake.row(table.schema(), (Object[]) row)).toList();
    List<DataFile> files = TestingLake.write(table, table.io(), records);
    return KeyedAppend.of(table, UniqueKeys.of(table).orElseThrow(), files, Map.of(), new Keys());
  }

  private static Object row(Object key, int value) {
    return new Object[] {key, value};
  }

  private static CommitOutcome publish(Table table, TableChange change) {
    CommitOutcome outcome =
        new TableCommitter(table, Clock.systemUTC())
            .publish(new SourcePosition("w" + UUID.randomUUID(), 1, Map.of()), change);
    table.refresh();
    return outcome;
  }

  private void add(Table table, long leftOut, Object... rows) {
    KeyedAppend append = append(table, rows);
    assertThat(append.leftOut()).isEqualTo(leftOut);
    assertThat(publish(table, append.change())).isInstanceOf(CommitOutcome.Committed.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void theNewestRowOfAKeyStays(int formatVersion) {
    Table table = create(formatVersion, "upsert");
    add(table, 0, row("a", 1), row("b", 2), row("a", 3));
    add(table, 0, row("b", 4), row("c", 5), row("c", 6), row("c", 7));
    add(table, 0, row("a", 8));
    assertThat(kernel.rows(table)).isEqualTo(TestingLake.rows(table));
    assertThat(kernel.rows(table)).containsExactly("{a|8}", "{b|4}", "{c|7}");
  }

  @ParameterizedTest
  @CsvSource({"first, 2", "ignore, 3"})
  void theOldestRowOfAKeyStays(String dedup, int formatVersion) {
    Table table = create(formatVersion, dedup);
    add(table, 1, row("a", 1), row("b", 2), row("a", 3));
    add(table, 3, row("b", 4), row("c", 5), row("c", 6), row("c", 7));
    KeyedAppend nothing = append(table, row("a", 8));
    assertThat(nothing.change().files().isEmpty()).isTrue();
    assertThat(nothing.useless()).hasSize(1);
    assertThat(kernel.rows(table)).containsExactly("{a|1}", "{b|2}", "{c|5}");
  }

  @Test
  void keysOfNanosecondsAreFound() {
    Schema schema =
        new Schema(
            List.of(
                NestedField.required(1, "at", Types.TimestampNanoType.withoutZone()),
                NestedField.optional(2, "v", Types.IntegerType.get())),
            Set.of(1));
    Table table =
        lake.create(
            "nanos", 3, schema, PartitionSpec.unpartitioned(), Map.of("orochi.dedup", "upsert"));
    LocalDateTime at = LocalDateTime.of(2024, 1, 1, 0, 0, 0, 1);
    LocalDateTime before = LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_999);
    add(table, 0, row(at, 1), row(at.plusNanos(1), 2), row(before, 3));
    add(table, 0, row(at, 4));
    add(table, 0, row(before, 5));
    assertThat(kernel.rows(table)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"upsert", "first"})
  void ofTwoComputedAtOnceTheSecondConflicts(String dedup) {
    Table table = create(3, dedup);
    for (String key : List.of("in an empty table", "in one with rows")) {
      KeyedAppend one = append(table, row(key, 1));
      KeyedAppend other = append(table, row(key, 2));
      KeyedAppend elsewhere = append(table, row("x" + key, 3));
      assertThat(publish(table, one.change())).isInstanceOf(CommitOutcome.Committed.class);
      assertThat(publish(table, elsewhere.change())).isInstanceOf(CommitOutcome.Committed.class);
      assertThat(publish(table, other.change())).isInstanceOf(CommitOutcome.Conflicted.class);
    }
    assertThat(kernel.rows(table)).hasSize(4);
  }

  /** What the test above would find if nothing was checked. */
  @Test
  void withoutTheCheckBothRowsOfAKeyStay() {
    Table table = create(3, "upsert");
    KeyedAppend one = append(table, row("a", 1));
    KeyedAppend other = append(table, row("a", 2));
    publish(table, TableChange.append(one.change().files()));
    publish(table, TableChange.append(other.change().files()));
    assertThat(kernel.rows(table)).containsExactly("{a|1}", "{a|2}");
  }
}
