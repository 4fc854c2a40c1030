package io.orochi.catalog.flink.source.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.iceberg.BaseFileScanTask;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.PartitionSpecParser;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.ResidualEvaluator;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class SplitPlannerTest {
  private static final Schema SCHEMA =
      new Schema(Types.NestedField.required(1, "id", Types.LongType.get()));
  private static final long MIB = 1 << 20;

  /** A rest of one file would be read by one task while the others wait. */
  @Test
  void filesOfAboutOneSizeAreSharedOutEvenly() {
    assertThat(sizes(2, 61, 60, 61, 59)).containsExactly(121L, 120L);
    assertThat(sizes(2, 60, 60, 60, 61)).containsExactly(120L, 121L);
    assertThat(sizes(3, 50, 51, 50, 51, 50, 51)).containsExactly(101L, 101L, 101L);
  }

  @Test
  void littleIsNotDivided() {
    assertThat(sizes(4, 1, 1, 1, 1)).containsExactly(4L);
  }

  @Test
  void muchIsDividedIntoMoreSplitsThanTasks() {
    long[] files = LongStream.range(0, 40).map(i -> 100).toArray();
    assertThat(sizes(2, files)).hasSizeGreaterThan(10).allMatch(size -> size <= 384);
  }

  @Test
  void eachFileIsInOneSplit() {
    long[] files = LongStream.range(1, 60).map(i -> i * 37 % 300).toArray();
    List<KernelSplit> splits = SplitPlanner.plan(tasks(files), 3);
    assertThat(splits.stream().flatMap(split -> split.files().stream()))
        .doesNotHaveDuplicates()
        .hasSize(files.length);
  }

  private static List<Long> sizes(int tasks, long... mebibytes) {
    return SplitPlanner.plan(tasks(mebibytes), tasks).stream()
        .map(split -> split.bytes() / MIB)
        .toList();
  }

  private static List<FileScanTask> tasks(long... mebibytes) {
    PartitionSpec spec = PartitionSpec.unpartitioned();
    List<FileScanTask> tasks = new ArrayList<>();
    for (long size : mebibytes) {
      tasks.add(
          new BaseFileScanTask(
              DataFiles.builder(spec)
                  .withPath("/data/%04d.parquet".formatted(tasks.size()))
                  .withFormat(FileFormat.PARQUET)
                  .withFileSizeInBytes(size * MIB)
                  .withRecordCount(1)
                  .build(),
              new DeleteFile[0],
              SchemaParser.toJson(SCHEMA),
              PartitionSpecParser.toJson(spec),
              ResidualEvaluator.unpartitioned(Expressions.alwaysTrue())));
    }
    return tasks;
  }
}
