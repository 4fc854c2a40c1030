package io.orochi.table.kernel.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;

class ListedFilesTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "ts", Types.TimestampType.withoutZone()),
          NestedField.optional(2, "host", Types.StringType.get()),
          NestedField.optional(3, "n", Types.LongType.get()));
  private static final long HOUR = 3_600_000_000L;
  private static final int HOURS = 50;

  private final Random random = new Random(11);

  @Test
  void filesOfHoursAreThoseThatAllFilesHaveOfThem() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).hour("ts").bucket("host", 4).build();
    ListedFiles listed = ListedFiles.of(spec, files(spec, 200, false));
    int spared = 0;
    for (int i = 0; i < 3_000; i++) {
      spared += spared(listed, condition(3));
    }
    assertThat(spared).isGreaterThan(50_000);
  }

  @Test
  void filesWithoutAnHourAreNeverLost() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).hour("ts").build();
    ListedFiles listed = ListedFiles.of(spec, files(spec, 40, true));
    for (int i = 0; i < 1_000; i++) {
      assertThat(spared(listed, condition(2))).isZero();
    }
  }

  @Test
  void aTextOrdersNothing() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("host").build();
    assertThat(KeyRange.orders(spec)).isFalse();
    assertThat(KeyRange.orders(PartitionSpec.unpartitioned())).isFalse();
  }

  @Test
  void aWholeNumberOrdersByItself() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("n").build();
    List<DataFile> files = new ArrayList<>();
    for (long n : new long[] {5, Long.MIN_VALUE, 7, Long.MAX_VALUE, 5}) {
      files.add(file(spec, n));
    }
    ListedFiles listed = ListedFiles.of(spec, files);
    FileCondition five = new FileCondition(SCHEMA, Expressions.equal("n", 5L));
    assertThat(listed.within(five.range(spec))).containsExactly(files.get(0), files.get(4));
    FileCondition none =
        new FileCondition(
            SCHEMA,
            Expressions.and(Expressions.greaterThan("n", 7L), Expressions.lessThan("n", 5L)));
    assertThat(listed.within(none.range(spec))).isEmpty();
  }

  /** Checks one condition; returns the number of files that were not looked at. */
  private int spared(ListedFiles listed, Expression filter) {
    FileCondition condition = new FileCondition(SCHEMA, filter);
    PartitionSpec spec = listed.spec();
    List<DataFile> within = listed.within(condition.range(spec));
    assertThat(within.stream().filter(file -> condition.mayHold(spec, file)).toList())
        .as(filter.toString())
        .isEqualTo(listed.all().stream().filter(file -> condition.mayHold(spec, file)).toList());
    return listed.all().size() - within.size();
  }

  private Expression condition(int depth) {
    return switch (depth == 0 ? random.nextInt(4) : random.nextInt(7)) {
      case 0 -> Expressions.greaterThanOrEqual("ts", time());
      case 1 -> Expressions.lessThan("ts", time());
      case 2 -> Expressions.equal("host", "h" + random.nextInt(9));
      case 3 -> random.nextBoolean() ? Expressions.equal("ts", time()) : Expressions.isNull("ts");
      case 4 -> Expressions.and(condition(depth - 1), condition(depth - 1));
      case 5 -> Expressions.or(condition(depth - 1), condition(depth - 1));
      default -> Expressions.not(condition(depth - 1));
    };
  }

  private long time() {
    return random.nextInt(HOURS) * HOUR + random.nextInt(3) * HOUR / 2;
  }

  private List<DataFile> files(PartitionSpec spec, int count, boolean nulls) {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object hour = nulls && i % 7 == 0 ? null : random.nextInt(HOURS);
      files.add(spec.fields().size() == 1 ? file(spec, hour) : file(spec, hour, random.nextInt(4)));
    }
    return files;
  }

  private DataFile file(PartitionSpec spec, Object... partition) {
    PartitionData data = new PartitionData(spec.partitionType());
    for (int i = 0; i < partition.length; i++) {
      data.set(i, partition[i]);
    }
    return DataFiles.builder(spec)
        .withPath("/" + random.nextLong() + ".parquet")
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(1)
        .withRecordCount(1)
        .withPartition(data)
        .build();
  }
}
