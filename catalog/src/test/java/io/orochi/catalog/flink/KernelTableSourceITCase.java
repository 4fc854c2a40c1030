package io.orochi.catalog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer is compared with that of Iceberg's own source. */
class KernelTableSourceITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = TestingSession.cluster();

  private static final String KERNEL_SOURCE = "orochi.execution.kernel-source";

  private TestingSession session;

  @BeforeEach
  void start(@TempDir Path folder) {
    session = new TestingSession(folder);
    session.run("CREATE DATABASE db");
    session.environment().useDatabase("db");
  }

  @Test
  void everyTypeReadsAsIcebergsSourceReadsIt() {
    session.run(
        """
        CREATE TABLE t (
          b BOOLEAN, i INT, l BIGINT, f FLOAT, d DOUBLE, d5 DECIMAL(5, 2), d30 DECIMAL(30, 10),
          s STRING, bin VARBINARY, fix BINARY(3), dt DATE, tm TIME, ts TIMESTAMP(6),
          tz TIMESTAMP_LTZ(6), a ARRAY<INT>, aa ARRAY<ARRAY<STRING>>, m MAP<STRING, DOUBLE>,
          r ROW<x INT, y STRING, z ROW<q DECIMAL(20, 3)>>, ar ARRAY<ROW<k TIMESTAMP(6)>>)
        """);
    session.run(
        """
        INSERT INTO t VALUES
        (true, 1, 2, CAST(1.5 AS FLOAT), -2.25, 123.45, CAST('-12345678901234567890.0123456789' AS DECIMAL(30, 10)), 'ä€𝄞',
         X'00FF10', X'010203', DATE '1969-12-31', TIME '23:59:59.123',
         TIMESTAMP '1969-12-31 23:59:59.123456',
         CAST(TIMESTAMP '2024-02-29 12:00:00.000001' AS TIMESTAMP_LTZ(6)), ARRAY[1, 2],
         ARRAY[ARRAY['a', 'b'], ARRAY['c']], MAP['k', CAST(1.5 AS DOUBLE)],
         ROW(1, 'y', ROW(1234567.891)), ARRAY[ROW(TIMESTAMP '2024-01-01 00:00:00.5')]),
        (false, -2147483648, 9223372036854775807, CAST(-0.1 AS FLOAT), 1e300, -999.99,
         CAST('99999999999999999999.9999999999' AS DECIMAL(30, 10)), '', X'', X'FFFFFF', DATE '9999-12-31', TIME '00:00:00',
         TIMESTAMP '9999-12-31 23:59:59.999999',
         CAST(TIMESTAMP '1900-01-01 00:00:00' AS TIMESTAMP_LTZ(6)), ARRAY[CAST(NULL AS INT)],
         ARRAY[ARRAY['']], MAP['', CAST(NULL AS DOUBLE)],
         ROW(CAST(NULL AS INT), CAST(NULL AS STRING), ROW(CAST(NULL AS DECIMAL(20, 3)))),
         ARRAY[ROW(TIMESTAMP '1960-01-01 00:00:00.000001')])
        """);
    session.run(
        "INSERT INTO t (i, l) VALUES (CAST(NULL AS INT), CAST(NULL AS BIGINT)), (7, 8), (9, 10)");
    assertSame("SELECT * FROM t");
    assertSame("SELECT r, m, s FROM t");
    assertThat(explain("SELECT * FROM t WHERE i > 3")).contains("filter=[");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*) FROM t",
        "SELECT COUNT(*), SUM(i), AVG(i), MIN(s), MAX(ts), SUM(n), AVG(n), SUM(d), COUNT(s) FROM t",
        "SELECT g, COUNT(*), SUM(i), AVG(i), MIN(n), MAX(d), AVG(d) FROM t GROUP BY g",
        "SELECT g, SUM(i) FROM t WHERE i > 5 AND (s = 's1' OR d < 3 OR i IN (7, 8)) GROUP BY g",
        "SELECT COUNT(*), SUM(i) FROM t WHERE i > 1000",
        "SELECT i FROM t WHERE s LIKE 's%' AND n BETWEEN 1.5 AND 20",
        "SELECT i FROM t WHERE NOT (i > 5 OR s IS NULL) AND ts < TIMESTAMP '2024-01-01 00:10:00'",
        "SELECT i, UPPER(s) FROM t WHERE UPPER(s) = 'S3' AND i < 90",
        "SELECT d FROM t WHERE d > 5.5 AND d <> 7 AND n <> 4.00",
        "SELECT MAX(i) FROM t WHERE l = 5 OR l = 6 OR l = 7 OR l = 1000000000000",
      })
  void answersAreThoseOfIcebergsSource(String query) {
    session.run(
        "CREATE TABLE t (i INT, l BIGINT, g STRING, s STRING, d DOUBLE, n DECIMAL(10, 2),"
            + " ts TIMESTAMP(6))");
    for (int commit = 0; commit < 3; commit++) {
      StringBuilder rows = new StringBuilder("INSERT INTO t VALUES ");
      for (int i = commit * 30; i < commit * 30 + 30; i++) {
        String text = i % 7 == 0 ? "CAST(NULL AS STRING)" : "'s" + i % 5 + "'";
        rows.append(i % 30 == 0 ? "" : ", ")
            .append("(%d, %d, 'g%d', %s, %s, %s,".formatted(i, i, i % 4, text, i * 0.5, i * 0.25))
            .append(" TIMESTAMP '2024-01-01 00:%02d:00')".formatted(i % 60));
      }
      session.run(rows.toString());
    }
    assertSame(query);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT COUNT(*), COUNT(s), SUM(i), SUM(l), SUM(d), AVG(i), AVG(l), AVG(d) FROM t",
        "SELECT MIN(i), MAX(l), MIN(d), MAX(s), MIN(dt), MAX(ts), MIN(b), MAX(tz) FROM t",
        "SELECT s, dt, b, COUNT(*), SUM(l) FROM t GROUP BY s, dt, b",
        "SELECT ts, tz, AVG(l) FROM t WHERE NOT b AND i <> 3 GROUP BY ts, tz",
        "SELECT d, COUNT(*) FROM t GROUP BY d",
        "SELECT COUNT(DISTINCT s), SUM(i) FROM t",
        "SELECT s, SUM(i) FILTER (WHERE i > 3), COUNT(*) FROM t GROUP BY s",
        "SELECT s, SUM(i * 2) FROM t GROUP BY s",
        "SELECT SUM(i), MAX(d) FROM t WHERE i > 99999",
        "SELECT a.s, COUNT(*) FROM t a JOIN t b ON a.i = b.i WHERE a.l > 10 GROUP BY a.s"
      })
  void partialAggregatesMakeIcebergsAnswers(String query) {
    session.run(
        "CREATE TABLE t (i INT, l BIGINT, d DOUBLE, s STRING, b BOOLEAN, dt DATE,"
            + " ts TIMESTAMP(6), tz TIMESTAMP_LTZ(6))");
    for (int commit = 0; commit < 2; commit++) {
      session.run(
          ("INSERT INTO t SELECT i, CAST(i AS BIGINT) * %d, i * 0.25, x, i > 3, DATE '2024-01-01',"
                  + " TIMESTAMP '2024-01-01 00:00:00', TO_TIMESTAMP_LTZ(i * 1000, 3) FROM (VALUES"
                  + " (1, 'a'), (2, 'b'), (3, CAST(NULL AS STRING)), (4, 'a'), (5, 'b'),"
                  + " (CAST(NULL AS INT), 'c')) AS v(i, x)")
              .formatted(commit + 7));
    }
    assertSame(query);
  }

  @Test
  void aLimitIsReadNotFiltered() {
    session.run("CREATE TABLE t (i INT)");
    session.run("INSERT INTO t VALUES (1), (2), (3), (4)");
    assertThat(session.run("SELECT i FROM t LIMIT 2")).hasSize(2);
    assertThat(explain("SELECT i FROM t LIMIT 2")).contains("limit=[2]");
  }

  @Test
  void sumsOverflowAsFlinksDo() {
    session.run("CREATE TABLE t (i INT, l BIGINT)");
    session.run("INSERT INTO t VALUES (2147483647, 9223372036854775807), (1, 1), (2147483647, 5)");
    assertSame("SELECT SUM(i), SUM(l), AVG(l), AVG(i) FROM t");
    assertThat(session.run("SELECT SUM(i) FROM t")).containsExactly("+I[-1]");
  }

  @Test
  void anEmptyTableHasOneCount() {
    session.run("CREATE TABLE t (i INT)");
    assertSame("SELECT COUNT(*), SUM(i), MAX(i) FROM t");
    assertSame("SELECT * FROM t");
  }

  @Test
  void aggregatesArePushedIntoTheScan() {
    session.run("CREATE TABLE t (g STRING, i INT, f FLOAT)");
    session.run("INSERT INTO t VALUES ('a', 1, CAST(1 AS FLOAT)), ('a', 2, CAST(2 AS FLOAT))");
    assertThat(explain("SELECT g, SUM(i), COUNT(*), AVG(i) FROM t GROUP BY g"))
        .contains("aggregates=[grouping=[g]");
    assertThat(explain("SELECT SUM(f) FROM t")).doesNotContain("aggregates=[");
    assertThat(explain("SELECT g, SUM(i) FROM t WHERE i > 1 GROUP BY g"))
        .contains("filter=[>(i, 1)]")
        .contains("aggregates=[grouping=[g]");
  }

  @Test
  void theSettingTurnsItOff() {
    session.run("CREATE TABLE t (i INT)");
    session.environment().getConfig().set(KERNEL_SOURCE, "false");
    assertThat(explain("SELECT COUNT(*) FROM t")).doesNotContain("aggregates=[");
  }

  private String explain(String query) {
    return session.environment().explainSql(query);
  }

  private void assertSame(String query) {
    session.environment().getConfig().set(KERNEL_SOURCE, "false");
    List<String> expected = session.run(query);
    session.environment().getConfig().set(KERNEL_SOURCE, "true");
    assertThat(session.run(query)).containsExactlyInAnyOrderElementsOf(expected);
  }
}
