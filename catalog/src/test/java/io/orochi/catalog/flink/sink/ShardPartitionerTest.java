package io.orochi.catalog.flink.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.flink.FlinkSchemaUtil;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class ShardPartitionerTest {
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(1, "ts", Types.TimestampType.withZone()),
          Types.NestedField.required(2, "host", Types.StringType.get()));
  private static final RowType ROWS = FlinkSchemaUtil.convert(SCHEMA);
  private static final long HOUR = 3_600_000L;

  @Test
  void rowsShareACodeExactlyWhenIcebergPutsThemIntoOnePartition() {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).month("ts").bucket("host", 8).build();
    PartitionCode code = PartitionCode.of(SCHEMA, spec, ROWS).orElseThrow();
    RowDataWrapper wrapper = new RowDataWrapper(ROWS, SCHEMA.asStruct());
    PartitionKey key = new PartitionKey(spec, SCHEMA);
    Map<Long, PartitionKey> keys = new HashMap<>();
    Set<PartitionKey> distinct = new HashSet<>();
    for (int i = -3000; i < 3000; i++) {
      GenericRowData row = row(i * 7 * HOUR, "host_" + Math.floorMod(i * 31, 100));
      key.partition(wrapper.wrap(row));
      PartitionKey expected = keys.computeIfAbsent(code.of(row), ignored -> key.copy());
      assertThat(key).isEqualTo(expected);
      distinct.add(key.copy());
    }
    assertThat(keys).hasSameSizeAs(distinct);
  }

  @Test
  void aBucketOfAChunkGoesToOneWriter() {
    ShardPartitioner partitioner =
        partitioner(PartitionSpec.builderFor(SCHEMA).day("ts").bucket("host", 16).build());
    Set<Integer> writers = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      writers.add(partitioner.partition(row(i * 60_000L, "host_1"), 4));
    }
    assertThat(writers).hasSize(1);
  }

  @Test
  void bucketsAreSpreadEvenlyOverWriters() {
    ShardPartitioner partitioner =
        partitioner(PartitionSpec.builderFor(SCHEMA).day("ts").bucket("host", 16).build());
    int[] rows = new int[4];
    for (int i = 0; i < 10_000; i++) {
      rows[partitioner.partition(row(0, "host_" + i), 4)]++;
    }
    assertThat(Arrays.stream(rows).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(2000, 3000));
  }

  @Test
  void aHotChunkWithoutDistributionKeepsEveryWriterBusy() {
    ShardPartitioner partitioner = partitioner(PartitionSpec.builderFor(SCHEMA).day("ts").build());
    for (int i = 0; i < HotChunks.HOT_ROWS; i++) {
      partitioner.partition(row(i, "host_1"), 4);
    }
    int[] rows = new int[4];
    for (int i = 0; i < 4 * HotChunks.WINDOW_ROWS; i++) {
      rows[partitioner.partition(row(i, "host_1"), 4)]++;
    }
    assertThat(rows).containsOnly(HotChunks.WINDOW_ROWS);
  }

  @Test
  void manyChunksAtOnceGoToOneWriterEach() {
    ShardPartitioner partitioner = partitioner(PartitionSpec.builderFor(SCHEMA).day("ts").build());
    Map<Integer, Set<Integer>> writersByDay = new HashMap<>();
    int[] rows = new int[4];
    for (int i = 0; i < 200_000; i++) {
      int day = i % 40;
      int writer = partitioner.partition(row(day * 24 * HOUR, "host_1"), 4);
      writersByDay.computeIfAbsent(day, ignored -> new HashSet<>()).add(writer);
      rows[writer]++;
    }
    assertThat(writersByDay.values()).allSatisfy(writers -> assertThat(writers).hasSize(1));
    assertThat(rows).containsOnly(50_000);
  }

  @Test
  void timesBefore1970AndNullBucketsFindAWriter() {
    ShardPartitioner partitioner =
        partitioner(PartitionSpec.builderFor(SCHEMA).hour("ts").bucket("host", 3).build());
    assertThat(partitioner.partition(row(-5 * HOUR, null), 7)).isBetween(0, 6);
  }

  @Test
  void tablesPartitionedOtherwiseHaveNoCode() {
    PartitionSpec identity = PartitionSpec.builderFor(SCHEMA).identity("host").build();
    assertThat(PartitionCode.of(SCHEMA, identity, ROWS)).isEmpty();
    assertThat(PartitionCode.of(SCHEMA, PartitionSpec.unpartitioned(), ROWS)).isEmpty();
  }

  private static ShardPartitioner partitioner(PartitionSpec spec) {
    return new ShardPartitioner(PartitionCode.of(SCHEMA, spec, ROWS).orElseThrow());
  }

  private static GenericRowData row(long millis, String host) {
    return GenericRowData.of(TimestampData.fromEpochMillis(millis), StringData.fromString(host));
  }
}
