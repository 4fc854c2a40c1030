package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.plan.pushdown.KernelScanRules;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Flink's optimiser makes of the statistics of tables; the files exist only in metadata. */
class ScanStatisticsTest {
  private static final String QUERY =
      "SELECT COUNT(*) FROM fact, many, few WHERE fact.a = many.k AND fact.b = few.k";

  @TempDir Path folder;
  private TestingEngines engines;

  @BeforeEach
  void start() {
    engines = new TestingEngines(folder, ZoneId.of("UTC"));
    engines.env().getConfig().set("table.optimizer.join-reorder-enabled", "true");
    engines.env().executeSql("CREATE TABLE fact (a INT, b INT)");
    engines.env().executeSql("CREATE TABLE few (k INT)");
    engines.env().executeSql("CREATE TABLE many (k INT)");
    append("fact", 1_000_000, 1_000, 2);
    append("few", 1_000, 2);
    append("many", 1_000, 1_000);
  }

  @AfterEach
  void stop() {
    engines.close();
  }

  /** A join with {@code few} gives each row 500 times. Rows alone do not tell. */
  @Test
  void theTableThatMultipliesRowsIsJoinedLast() {
    String uninformed = joins();
    assertThat(uninformed.indexOf("few")).as(uninformed).isLessThan(uninformed.indexOf("many"));
    KernelScanRules.addTo(engines.env().getConfig());
    String informed = joins();
    assertThat(informed.indexOf("many")).as(informed).isLessThan(informed.indexOf("few"));
  }

  @Test
  void aNewSnapshotHasNewStatistics() {
    KernelScanRules.addTo(engines.env().getConfig());
    assertThat(joins().indexOf("many")).isLessThan(joins().indexOf("few"));
    append("fact", 1, 2, 1_000);
    append("few", 1, 1_000);
    append("many", 1_000_000, 2);
    assertThat(joins().indexOf("few")).isLessThan(joins().indexOf("many"));
  }

  /** The tables in the order the innermost join comes first. */
  private String joins() {
    String plan = engines.env().explainSql(QUERY);
    String optimized =
        plan.substring(
            plan.indexOf("== Optimized Physical Plan =="),
            plan.indexOf("== Optimized Execution Plan =="));
    StringBuilder order = new StringBuilder();
    optimized
        .lines()
        .filter(line -> line.contains("TableSourceScan"))
        .map(line -> line.indexOf("TableSourceScan") + 1000 + line)
        .sorted(Comparator.reverseOrder())
        .forEach(line -> order.append(line).append('\n'));
    return order.toString();
  }

  /**
   * @param greatest of each column, the least of which is 1
   */
  private void append(String name, long rows, int... greatest) {
    Table table = engines.table(name);
    Map<Integer, Long> nulls = new HashMap<>();
    Map<Integer, ByteBuffer> mins = new HashMap<>();
    Map<Integer, ByteBuffer> maxes = new HashMap<>();
    for (int i = 0; i < greatest.length; i++) {
      Types.NestedField column = table.schema().columns().get(i);
      nulls.put(column.fieldId(), 0L);
      mins.put(column.fieldId(), Conversions.toByteBuffer(column.type(), 1));
      maxes.put(column.fieldId(), Conversions.toByteBuffer(column.type(), greatest[i]));
    }
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + name + rows + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(rows + 1)
                .withMetrics(new Metrics(rows, null, null, nulls, null, mins, maxes))
                .build())
        .commit();
  }
}
