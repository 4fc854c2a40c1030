package io.orochi.gateway.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.catalog.settings.Settings;
import io.orochi.gateway.plan.pushdown.KernelScanRules;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel computes inside Flink's jobs is what Flink computes over Iceberg's source. */
class KernelScansITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir static Path folder;
  private static TestingEngines engines;

  @BeforeAll
  static void fill() throws Exception {
    engines = new TestingEngines(folder, ZoneId.of("Europe/Berlin"));
    KernelScanRules.addTo(engines.env().getConfig());
    engines
        .env()
        .executeSql(
            "CREATE TABLE t (id INT, i INT, l BIGINT, n DECIMAL(15, 2), w DECIMAL(38, 6), d DOUBLE,"
                + " s STRING, dt DATE, ts TIMESTAMP(6), tz TIMESTAMP_LTZ(6))");
    String rows =
        "INSERT INTO t SELECT id, i, l, CAST(n AS DECIMAL(15, 2)), CAST(w AS DECIMAL(38, 6)), d, s,"
            + " CAST(ts AS DATE), ts, CAST(ts AS TIMESTAMP_LTZ(6)) FROM (VALUES"
            + " (1, 5, 7, '1.25', '2.5', 1.5E0, 'a', TIMESTAMP '2024-01-31 23:30:00.123456'),"
            + " (2, 2147483647, 9223372036854775807, '9999999999999.99',"
            + "  '99999999999999999999999999999999.999999', 1E300, 'ä€', TIMESTAMP '1969-12-31 12:00:00'),"
            + " (3, -2147483648, -9223372036854775807, '-0.01', '-1.000001', -0.0E0, '',"
            + "  TIMESTAMP '2024-07-01 00:00:00'),"
            + " (4, CAST(NULL AS INT), CAST(NULL AS BIGINT), CAST(NULL AS STRING), CAST(NULL AS STRING),"
            + "  CAST(NULL AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS TIMESTAMP(6))),"
            + " (5, 5, 8, '100.00', '0.000001', 2.5E0, 'a', TIMESTAMP '2024-01-31 23:59:59'))"
            + " AS v(id, i, l, n, w, d, s, ts)";
    engines.env().executeSql(rows).await();
    engines.env().executeSql(rows).await();
    engines
        .env()
        .executeSql(
            "CREATE TABLE nested (id INT, r_a STRING, r ROW<a INT, b ROW<c BIGINT, `d e` STRING>,"
                + " l ARRAY<INT>>)");
    engines
        .env()
        .executeSql(
            "INSERT INTO nested VALUES (1, 'x', ROW(7, ROW(CAST(8 AS BIGINT), 'y'), ARRAY[1, 2])),"
                + " (2, 'z', ROW(9, CAST(NULL AS ROW<c BIGINT, `d e` STRING>), ARRAY[3])),"
                + " (3, 'r', CAST(NULL AS ROW<a INT, b ROW<c BIGINT, `d e` STRING>, l ARRAY<INT>>))")
        .await();
  }

  @AfterAll
  static void stop() {
    engines.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s, SUM(n * (1 - n)), SUM(n * (1 - n) * (1 + n)), AVG(n), AVG(w), COUNT(*) FROM t WHERE id <> 2 GROUP BY s",
        "SELECT SUM(n), AVG(n), MIN(n + 1), MAX(n * 2), COUNT(n) FROM t WHERE n BETWEEN -5 AND 1000 AND id < 9",
        "SELECT s, COUNT(*), SUM(i * 2) FROM t WHERE UPPER(s) = 'A' GROUP BY s",
        "SELECT UPPER(s) || 'x', MIN(CHAR_LENGTH(s)), MAX(SUBSTRING(s, 1, 1)) FROM t GROUP BY UPPER(s)",
        "SELECT time_bucket(INTERVAL '1' HOUR, ts), COUNT(*), SUM(l) FROM t WHERE ts > TIMESTAMP '2000-01-01 00:00:00' GROUP BY time_bucket(INTERVAL '1' HOUR, ts)",
        "SELECT time_bucket(INTERVAL '1' DAY, tz), MAX(d * 2 + 1) FROM t GROUP BY time_bucket(INTERVAL '1' DAY, tz)",
        "SELECT CASE WHEN i > 3 THEN 'big' WHEN s IS NULL THEN 'none' ELSE s END, SUM(CASE WHEN i > 3 THEN n ELSE 0 END) FROM t GROUP BY CASE WHEN i > 3 THEN 'big' WHEN s IS NULL THEN 'none' ELSE s END",
        "SELECT DISTINCT s, i FROM t WHERE COALESCE(i, 0) < 100 OR s LIKE 'ä%'",
        "SELECT a.s, SUM(a.n * b.n) FROM t a JOIN t b ON a.id = b.id WHERE a.n * 2 > 1 GROUP BY a.s",
        "SELECT (SELECT MAX(n * 2) FROM t WHERE s = 'a'), id FROM t WHERE i + 1 > 0",
        "SELECT s, SUM(n) FILTER (WHERE i > 3), COUNT(DISTINCT i + 1) FROM t GROUP BY s",
        "SELECT COUNT(*) FROM t WHERE dt = DATE '2024-01-31' AND tz < TO_TIMESTAMP_LTZ(2000000000, 0)",
        "SELECT id, CAST(ts AS DATE), EXTRACT(HOUR FROM ts), SQRT(d), d > 1 FROM t WHERE ABS(i) > 4",
      })
  void answersAreThoseOverIcebergsSource(String query) {
    requireSame(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT id, i + 1, i - 1, i * 3, l * 2, l - 9, i * l, -n FROM t",
        "SELECT id, n * n, n * n * (1 + n), n * n * n, n - 1 FROM t",
        "SELECT SUM(i * 3), SUM(l + 1), AVG(i), AVG(l), SUM(i), MIN(l * l) FROM t",
      })
  void whatATypeCannotHoldIsFlinksValue(String query) {
    requireSame(query);
    assertThat(explain(query)).contains("kernel=[");
  }

  @Test
  void expressionsAndAveragesOfDecimalsAreComputedInTheScan() {
    assertThat(
            explain(
                "SELECT s, SUM(n * (1 - n)), AVG(n), COUNT(*) FROM t WHERE UPPER(s) <> 'B' GROUP BY s"))
        .contains("kernel=[SELECT")
        .contains("sum(")
        .contains("upper(")
        .doesNotContain("LocalHashAggregate")
        .doesNotContain("Calc(select=[s");
  }

  @Test
  void conditionsOnExpressionsChooseFilesInAJob() {
    assertThat(
            explain(
                "SELECT id FROM t WHERE time_bucket(INTERVAL '1' DAY, ts) = TIMESTAMP '2024-01-31 00:00:00'"))
        .contains("kernel=[SELECT")
        .contains("time_bucket(");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT r.a, r.b.c, r.b.`d e` FROM nested",
        "SELECT r.b.`d e`, id, r.a + 1, r_a FROM nested WHERE r.a > 7 OR r_a = 'x'",
        "SELECT r.a, r FROM nested WHERE id < 3",
        "SELECT r.l[2], r.b FROM nested",
        "SELECT r_a FROM nested WHERE r.a = 7",
        "SELECT r.a, COUNT(r.b.c), SUM(r.a) FROM nested GROUP BY r.a",
        "SELECT r.a, COUNT(r.b.c) FROM nested GROUP BY r.a",
        "SELECT x.r.a, y.r.b.c FROM nested x JOIN nested y ON x.r.a = y.r.a",
        "SELECT r.a FROM nested LIMIT 10",
        "SELECT REGEXP(r.b.`d e`, 'y'), COUNT(REGEXP(r_a, 'x')) FROM nested GROUP BY REGEXP(r.b.`d e`, 'y')",
      })
  void fieldsOfRowsAreThoseOfIcebergsSource(String query) {
    requireSame(query);
  }

  @Test
  void onlyTheFieldsThatAreWantedAreRead() {
    assertThat(explain("SELECT r.a, REGEXP(r.b.`d e`, 'y') FROM nested"))
        .contains("project=[r_a, r_b_d e]")
        .contains("fields=[r_a, r_b_d e]");
  }

  private static String explain(String query) {
    return engines.env().explainSql(query);
  }

  private static void requireSame(String query) {
    engines.env().getConfig().set(Settings.KERNEL_SOURCE.key(), "false");
    List<String> expected = text(query);
    engines.env().getConfig().set(Settings.KERNEL_SOURCE.key(), "true");
    assertThat(text(query)).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<String> text(String query) {
    return engines.onFlink(query).stream().map(Object::toString).toList();
  }
}
