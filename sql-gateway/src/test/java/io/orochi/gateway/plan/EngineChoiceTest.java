package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.plan.explain.QueryExplainer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which engine runs a query and what it reads; the files exist only in metadata. */
class EngineChoiceTest {
  private static final int DAYS = 10;
  private static final long FILE_BYTES = 1_000_000;

  @TempDir static Path folder;
  private static TestingEngines engines;

  @BeforeAll
  static void start() {
    engines = new TestingEngines(folder, ZoneId.of("UTC"));
    engines
        .env()
        .executeSql(
            "CREATE TABLE cpu (ts TIMESTAMP_LTZ(6) NOT NULL, host STRING, v DOUBLE, n DECIMAL(10,"
                + " 2)) WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 d')");
    Table table = engines.table("cpu");
    AppendFiles append = table.newAppend();
    for (int day = 0; day < DAYS; day++) {
      append.appendFile(file(table, LocalDate.of(2024, 1, 1).plusDays(day), day));
    }
    append.commit();
  }

  @AfterAll
  static void stop() {
    engines.close();
  }

  /** One file per day; {@code v} is 100·day to 100·day + 99. */
  private static DataFile file(Table table, LocalDate day, int number) {
    PartitionData partition = new PartitionData(table.spec().partitionType());
    partition.set(0, (int) day.toEpochDay());
    int v = table.schema().findField("v").fieldId();
    var type = Types.DoubleType.get();
    Metrics metrics =
        new Metrics(
            100L,
            null,
            Map.of(v, 100L),
            Map.of(v, 0L),
            null,
            Map.of(v, Conversions.toByteBuffer(type, 100.0 * number)),
            Map.of(v, Conversions.toByteBuffer(type, 100.0 * number + 99)));
    return DataFiles.builder(table.spec())
        .withPath(table.location() + "/data/" + day + ".parquet")
        .withFormat(FileFormat.PARQUET)
        .withPartition(partition)
        .withFileSizeInBytes(FILE_BYTES)
        .withMetrics(metrics)
        .build();
  }

  @Test
  void aTimeRangeReadsItsChunksOnly() {
    assertThat(filesRead("ts >= TIMESTAMP '2024-01-03 12:00:00' AND ts < '2024-01-05 00:00:00'"))
        .isEqualTo(2);
    assertThat(filesRead("ts BETWEEN '2024-01-03 00:00:00' AND '2024-01-03 23:00:00'"))
        .isEqualTo(1);
    assertThat(filesRead("ts > TIMESTAMP '2024-01-10 00:00:00' - INTERVAL '1' DAY")).isEqualTo(2);
    assertThat(filesRead("ts > NOW()")).isZero();
    assertThat(filesRead("host = 'a'")).isEqualTo(DAYS);
  }

  @Test
  void aRoundedTimePrunesToo() {
    String bucket = "time_bucket(INTERVAL '1' HOUR, ts)";
    assertThat(filesRead(bucket + " >= TIMESTAMP '2024-01-09 00:00:00'")).isEqualTo(2);
    assertThat(filesRead("FLOOR(ts TO HOUR) < TIMESTAMP '2024-01-02 00:00:00'")).isEqualTo(1);
    assertThat(filesRead("FLOOR(ts TO DAY) = TIMESTAMP '2024-01-03 00:00:00'")).isEqualTo(1);
    assertThat(filesRead("FLOOR(ts TO DAY) = TIMESTAMP '2024-01-03 00:00:01'")).isZero();
    assertThat(filesRead("FLOOR(ts TO MONTH) > TIMESTAMP '2024-01-01 00:00:00'")).isZero();
    assertThat(filesRead("CEIL(ts TO DAY) <= TIMESTAMP '2024-01-02 00:00:00'")).isEqualTo(2);
    assertThat(filesRead("time_bucket('2 days', ts) = TIMESTAMP '2024-01-03 00:00:00'"))
        .isEqualTo(2);
  }

  @Test
  void theDayAndTheYearOfATimePrune() {
    assertThat(filesRead("CAST(ts AS DATE) = DATE '2024-01-03'")).isEqualTo(1);
    assertThat(filesRead("CAST(ts AS DATE) > DATE '2024-01-03'")).isEqualTo(DAYS - 3);
    assertThat(filesRead("CAST(ts AS DATE) <= DATE '2024-01-03'")).isEqualTo(3);
    assertThat(filesRead("CAST(ts AS DATE) IN (DATE '2024-01-03', DATE '2024-01-05')"))
        .isEqualTo(2);
    assertThat(filesRead("EXTRACT(YEAR FROM ts) = 2023")).isZero();
    assertThat(filesRead("YEAR(ts) >= 2024")).isEqualTo(DAYS);
    assertThat(filesRead("DATE_FORMAT(ts, 'yyyy-MM-dd') = '2024-01-03'")).isEqualTo(1);
    assertThat(filesRead("DATE_FORMAT(ts, 'yyyyMM') = '202402'")).isZero();
    assertThat(filesRead("ts + INTERVAL '2' DAY < TIMESTAMP '2024-01-04 00:00:00'"))
        .isLessThanOrEqualTo(2);
    assertThat(filesRead("ts + INTERVAL '999999999' DAY(9) > TIMESTAMP '2024-01-01 00:00:00'"))
        .isEqualTo(DAYS);
  }

  @Test
  void conditionsPruneByStatistics() {
    assertThat(filesRead("v = 450")).isEqualTo(1);
    assertThat(filesRead("v IN (1, 950)")).isEqualTo(2);
    assertThat(filesRead("v < 100 OR v > 899.5")).isEqualTo(2);
    assertThat(filesRead("v < 100 OR host = 'a'")).isEqualTo(DAYS);
    assertThat(filesRead("v BETWEEN 100 AND 199")).isEqualTo(1);
    assertThat(filesRead("NOT (v < 100)")).isGreaterThanOrEqualTo(DAYS - 1);
  }

  @Test
  void conditionsReachScansThroughJoinsAndSubqueries() {
    assertThat(files("SELECT b.v FROM cpu a JOIN cpu b ON a.host = b.host WHERE b.v < 100"))
        .containsExactly(10L, 1L);
    assertThat(files("SELECT b.v FROM cpu a LEFT JOIN cpu b ON a.host = b.host AND b.v < 100"))
        .containsExactly(10L, 1L);
    assertThat(files("SELECT a.v FROM cpu a LEFT JOIN cpu b ON a.host = b.host AND a.v < 100"))
        .containsExactly(10L, 10L);
    assertThat(files("SELECT a.v FROM cpu a LEFT JOIN cpu b ON a.host = b.host WHERE b.v IS NULL"))
        .containsExactly(10L, 10L);
    assertThat(files("SELECT * FROM (SELECT v, host FROM cpu LIMIT 5) WHERE v < 100"))
        .containsExactly(10L);
    assertThat(files("SELECT v FROM cpu WHERE host IN (SELECT host FROM cpu WHERE v < 100)"))
        .containsExactly(10L, 1L);
  }

  @Test
  void onlyTheColumnsThatMatterAreRead() {
    PlannedQuery.OnKernel planned =
        kernel("SELECT count(*) FROM (SELECT host, v, n FROM cpu WHERE v > 5) WHERE host = 'a'");

    KernelInput.Files input = (KernelInput.Files) planned.query().inputs().get(0);
    assertThat(input.plan().schema().columns())
        .extracting(Types.NestedField::name)
        .containsExactlyInAnyOrder("v", "host");
  }

  @Test
  void existsReadsOnlyWhatItCompares() {
    String sql =
        engines.kernelSql(
            "SELECT v FROM cpu a WHERE EXISTS (SELECT * FROM cpu b WHERE b.host = a.host)");

    assertThat(sql.replaceAll("\\s+", " "))
        .isEqualTo(
            "SELECT t1.\"v\" FROM input0 AS t1 WHERE EXISTS"
                + " (SELECT t2.\"host\" FROM input1 AS t2 WHERE (t2.\"host\" = t1.\"host\"))");
  }

  @Test
  void theKernelIsLeftWhenItsPoolIsTooSmall() {
    PlannedQuery planned = engines.planWithin("SELECT max(v) FROM cpu", 5 * FILE_BYTES);

    assertThat(planned).isInstanceOf(PlannedQuery.OnFlink.class);
    assertThat(((PlannedQuery.OnFlink) planned).reason())
        .isEqualTo("it reads 10000000 bytes, more than the kernel's 5000000");
  }

  @Test
  void aReasonNamesTheExpression() {
    PlannedQuery planned = engines.plan("SELECT PRINTF('%s', host) FROM cpu", EngineChoice.AUTO);

    assertThat(((PlannedQuery.OnFlink) planned).reason())
        .contains("PRINTF")
        .startsWith("the kernel does not run");
  }

  @Test
  void aForcedKernelSaysWhatItCannot() {
    assertThatThrownBy(
            () -> engines.plan("SELECT CAST(v AS CHAR(3)) FROM cpu", EngineChoice.KERNEL))
        .hasMessageContaining("OROCHI-7005: Cannot run this query on the kernel")
        .hasMessageContaining("CAST(DOUBLE)")
        .hasMessageContaining("HINT");
  }

  @Test
  void explainSaysEngineTablesAndSql() {
    String sql = "SELECT host, max(v) AS top FROM cpu WHERE v < 200 GROUP BY host ORDER BY top";
    PlannedQuery planned = engines.plan(sql, EngineChoice.AUTO);

    String text =
        QueryExplainer.explain(
            planned,
            engines.settings(EngineChoice.AUTO, Long.MAX_VALUE),
            ((PlannedQuery.OnKernel) planned).query().inputs(),
            QueryExplainer.plan(((PlannedQuery.OnKernel) planned).query()));

    long snapshot = engines.table("cpu").currentSnapshot().snapshotId();
    assertThat(text)
        .isEqualTo(
            """
            == Engine ==
            kernel: it can express the query, and 1.9 MiB to read fit

            == Tables ==
            default.cpu: chunks 2/10, shards 1/1, files 2/10, bytes 1.9 MiB/9.5 MiB, snapshot %d
              tier hot on local: chunks 2, files 2, bytes 1.9 MiB
              columns host, v

            == Kernel SQL ==
            SELECT t1."host", CAST(max(t1."v") AS DOUBLE) AS "top"
            FROM "default.cpu" AS t1
            WHERE (t1."v" < CAST(200 AS DOUBLE))
            GROUP BY t1."host"
            ORDER BY CAST(max(t1."v") AS DOUBLE) ASC NULLS FIRST
            """
                .formatted(snapshot));
  }

  @Test
  void tenThousandValuesAreOneList() {
    String list =
        IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));

    PlannedQuery planned =
        engines.plan("SELECT host FROM cpu WHERE v IN (" + list + ")", EngineChoice.AUTO);

    assertThat(planned).isInstanceOf(PlannedQuery.OnKernel.class);
  }

  @Test
  void aDeepExpressionGoesToFlink() {
    String sum = "v" + " + 1".repeat(220);

    PlannedQuery planned = engines.plan("SELECT " + sum + " FROM cpu", EngineChoice.AUTO);

    assertThat(((PlannedQuery.OnFlink) planned).reason()).contains("nested more than 200 levels");
  }

  @Test
  void offsetsGetTheNamesTheKernelKnows() {
    assertThat(KernelZones.of(ZoneOffset.UTC)).isEqualTo(ZoneId.of("UTC"));
    assertThat(KernelZones.of(ZoneOffset.ofHours(2))).isEqualTo(ZoneId.of("Etc/GMT-2"));
    assertThat(KernelZones.of(ZoneId.of("Europe/Berlin"))).isEqualTo(ZoneId.of("Europe/Berlin"));
  }

  private static long filesRead(String condition) {
    return files("SELECT host FROM cpu WHERE " + condition).get(0);
  }

  private static java.util.List<Long> files(String sql) {
    return kernel(sql).query().inputs().stream()
        .map(input -> ((KernelInput.Files) input).plan().filesRead())
        .toList();
  }

  private static PlannedQuery.OnKernel kernel(String sql) {
    return (PlannedQuery.OnKernel) engines.plan(sql, EngineChoice.KERNEL);
  }
}
