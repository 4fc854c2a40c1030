package io.orochi.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.kernel.scan.Measure;
import io.orochi.table.kernel.scan.MeasuredFiles;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.ScanPlanner;
import io.orochi.table.kernel.scan.ScanRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredFilesTest {
  private static final Schema SCHEMA =
      new Schema(
          NestedField.optional(1, "id", Types.IntegerType.get()),
          NestedField.optional(2, "v", Types.LongType.get()));

  @TempDir Path folder;

  /** Only the partitions tell which of the files hold rows that count. */
  private MeasuredFiles counted(Expression condition) {
    PartitionSpec spec = PartitionSpec.builderFor(SCHEMA).identity("id").build();
    Table table =
        new TestingLake(folder)
            .create(
                "t", 2, SCHEMA, spec, Map.of(TableProperties.DEFAULT_WRITE_METRICS_MODE, "none"));
    List<Record> rows =
        List.of(
            TestingLake.row(SCHEMA, 1, 10L),
            TestingLake.row(SCHEMA, null, 20L),
            TestingLake.row(SCHEMA, 9, 30L));
    TestingLake.append(table, rows);
    ScanRequest request =
        new ScanRequest(null, List.of("id"), condition, Set.of("id"), ScanRequest.SchemaOf.TABLE);
    ScanPlan plan = new ScanPlanner().plan(table, request);
    return MeasuredFiles.of(plan, condition, List.of(new Measure(Measure.Kind.ROWS, null)));
  }

  @Test
  void rowsOfAPartitionOfNullsAreNotLessThanAValue() {
    MeasuredFiles counted = counted(Expressions.lessThan("id", 5));
    assertThat(counted.values()).isEqualTo(List.of(1L));
    assertThat(counted.files()).isEqualTo(1);
  }
}
