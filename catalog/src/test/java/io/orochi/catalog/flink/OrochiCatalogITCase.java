package io.orochi.catalog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrochiCatalogITCase {
  private static final String CPU =
      "CREATE TABLE cpu (ts TIMESTAMP_LTZ(6) NOT NULL, host STRING NOT NULL, v DOUBLE,"
          + " PRIMARY KEY (host, ts) NOT ENFORCED) COMMENT 'load'"
          + " DISTRIBUTED BY HASH(host) INTO 4 BUCKETS"
          + " WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '24 h')";
  private static final String ROWS =
      "INSERT INTO cpu VALUES"
          + " (TO_TIMESTAMP_LTZ(1763683200000, 3), 'a', 1.5),"
          + " (TO_TIMESTAMP_LTZ(1763686800000, 3), 'b', 2.5),"
          + " (TO_TIMESTAMP_LTZ(1763769600000, 3), 'a', 3.5)";

  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void openSession() {
    session = new TestingSession(folder);
  }

  @Test
  void aHypertableIsCreatedFilledAndRead() {
    session.run(CPU);
    session.run(ROWS);
    assertThat(session.run("SELECT host, SUM(v) FROM cpu GROUP BY host ORDER BY host"))
        .containsExactly("+I[a, 5.0]", "+I[b, 2.5]");
    Table table =
        session.catalog().icebergCatalog().loadTable(TableIdentifier.of("default", "cpu"));
    assertThat(table.spec().toString()).contains("day(1)").contains("bucket[4](2)");
    assertThat(table.schema().identifierFieldNames()).containsExactlyInAnyOrder("host", "ts");
  }

  @Test
  void showCreateTableReplays() {
    session.run(CPU);
    String shown = session.run("SHOW CREATE TABLE cpu").get(0);
    String statement = shown.substring("+I[".length(), shown.length() - 1);
    assertThat(statement)
        .contains("DISTRIBUTED BY HASH(`host`) INTO 4 BUCKETS")
        .contains("'orochi.chunk-interval' = '1 d'")
        .contains("COMMENT 'load'")
        .doesNotContain("metastore");
    session.run("DROP TABLE cpu");
    session.run(statement);
    assertThat(session.run("SHOW CREATE TABLE cpu").get(0)).isEqualTo(shown);
  }

  @Test
  void infoViewsCanBeJoinedAndFiltered() {
    session.run(CPU);
    assertThat(session.run("SELECT hypertable_name, num_chunks FROM info.hypertables"))
        .containsExactly("+I[cpu, 0]");
    assertThat(session.run("SELECT * FROM info.chunks")).isEmpty();
    session.run(ROWS);
    assertThat(
            session.run(
                "SELECT h.primary_dimension, h.chunk_interval, h.num_shards, c.chunk_name,"
                    + " c.num_rows, c.range_start FROM info.hypertables h JOIN info.chunks c"
                    + " ON h.hypertable_name = c.hypertable_name WHERE c.num_rows = 2"))
        .containsExactly("+I[ts, 1 d, 4, 2025-11-21, 2, 2025-11-21T00:00:00Z]");
    session.environment().getConfig().set("orochi.execution.engine", "flink");
    assertThat(
            session.run(
                "SELECT `value`, default_value FROM info.settings"
                    + " WHERE name = 'orochi.execution.engine'"))
        .containsExactly("+I[flink, auto]");
    assertThat(session.run("SHOW TABLES FROM info"))
        .contains("+I[chunks]", "+I[hypertables]", "+I[settings]");
  }

  @Test
  void virtualDatabasesAreListedAndFixed() {
    assertThat(session.run("SHOW DATABASES")).contains("+I[default]", "+I[info]", "+I[sys]");
    assertThatOrochiError(() -> session.run("CREATE TABLE info.t (a INT)"))
        .hasMessageContaining("OROCHI-3006: Cannot change the built-in database: info");
    assertThatOrochiError(() -> session.run("DROP DATABASE sys"))
        .hasMessageContaining("Cannot change the built-in database: sys");
    assertThatOrochiError(
            () -> session.run("INSERT INTO info.settings SELECT * FROM info.settings"))
        .hasMessageContaining("Cannot write into a view: info.settings");
  }

  @Test
  void anUnknownOptionNamesTheNearest() {
    assertThatOrochiError(
            () ->
                session.run(
                    "CREATE TABLE t (ts TIMESTAMP_LTZ(6)) WITH ('orochi.hypertabel' = 'ts')"))
        .hasMessageContaining("OROCHI-1001: Unknown table option: orochi.hypertabel")
        .hasMessageContaining("HINT: Did you mean orochi.hypertable?");
  }

  @Test
  void whatCannotBeStoredIsRefused() {
    assertThatOrochiError(() -> session.run("CREATE TABLE t (a INT, b AS a + 1)"))
        .hasMessageContaining("Cannot store a computed or metadata column: b");
    assertThatOrochiError(
            () -> session.run("CREATE TABLE t (ts TIMESTAMP_LTZ(3), WATERMARK FOR ts AS ts)"))
        .hasMessageContaining("Cannot store a watermark");
    assertThatOrochiError(
            () ->
                session.run(
                    "CREATE TABLE t (ts TIMESTAMP(6)) PARTITIONED BY (ts)"
                        + " WITH ('orochi.hypertable' = 'ts')"))
        .hasMessageContaining("Cannot combine PARTITIONED BY with orochi.hypertable");
    assertThatOrochiError(() -> session.run("CREATE TABLE t (a INT) WITH ('connector' = 'x')"))
        .hasMessageContaining("Cannot create a table of connector 'x' in this catalog");
  }

  @Test
  void alterTableKeepsTheLayoutTrue() {
    session.run(CPU);
    session.run("CREATE TABLE plain (ts TIMESTAMP(6), v INT) WITH ('orochi.hypertable' = 'ts')");
    session.run("ALTER TABLE cpu ADD region STRING");
    session.run("ALTER TABLE cpu SET ('orochi.retention.drop-after' = '90 d')");
    assertThat(session.run("DESCRIBE cpu")).hasSize(4);
    assertThatOrochiError(
            () -> session.run("ALTER TABLE cpu SET ('orochi.chunk-interval' = '1 h')"))
        .hasMessageContaining("Cannot alter table option: orochi.chunk-interval");
    assertThatOrochiError(() -> session.run("ALTER TABLE plain DROP ts"))
        .hasMessageContaining("Cannot drop a column of the layout: ts");
    assertThatOrochiError(
            () -> session.run("ALTER TABLE cpu SET ('orochi.compression.level' = '99')"))
        .hasMessageContaining("1 to 22");
  }

  @Test
  void alteringByDefinitionKeepsWhatIsHidden() throws Exception {
    session.run(CPU);
    ObjectPath cpu = new ObjectPath("default", "cpu");
    CatalogTable shown = (CatalogTable) session.catalog().getTable(cpu);
    Map<String, String> options = new HashMap<>(shown.getOptions());
    options.put("orochi.compression.level", "9");
    session.catalog().alterTable(cpu, shown.copy(options), false);
    assertThat(
            session
                .catalog()
                .icebergCatalog()
                .loadTable(TableIdentifier.of("default", "cpu"))
                .properties())
        .containsEntry("orochi.distribution", "bucket[4](host)")
        .containsEntry("orochi.compression.level", "9")
        .containsEntry("comment", "load");
  }

  @Test
  void tablesAreCreatedLikeOthersAndFromQueries() {
    session.run(CPU);
    session.run(ROWS);
    session.run("CREATE TABLE cpu2 LIKE cpu");
    assertThat(session.run("SHOW CREATE TABLE cpu2").get(0))
        .contains("DISTRIBUTED BY HASH(`host`) INTO 4 BUCKETS")
        .contains("'orochi.hypertable' = 'ts'");
    session.run("INSERT INTO cpu2 SELECT * FROM cpu WHERE host = 'a'");
    assertThat(session.run("SELECT COUNT(*) FROM cpu2")).containsExactly("+I[2]");
    session.run("CREATE DATABASE metrics COMMENT 'numbers'");
    session.await("CREATE TABLE metrics.c AS SELECT host, v FROM cpu WHERE v > 2");
    assertThat(session.run("SELECT * FROM metrics.c ORDER BY v"))
        .containsExactly("+I[b, 2.5]", "+I[a, 3.5]");
    assertThat(session.run("SHOW TABLES FROM metrics")).containsExactly("+I[c]");
    session.run("DROP DATABASE metrics CASCADE");
    assertThat(session.run("SHOW DATABASES")).doesNotContain("+I[metrics]");
  }

  @Test
  void tablesAreReadAsTheyWere() throws Exception {
    session.run("CREATE TABLE t (a INT)");
    session.run("INSERT INTO t VALUES (1)");
    long between = System.currentTimeMillis();
    session.run("INSERT INTO t VALUES (2)");
    String time =
        java.time.Instant.ofEpochMilli(between).toString().replace('T', ' ').replace("Z", "");
    assertThat(session.run("SELECT a FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '" + time + "'"))
        .containsExactly("+I[1]");
    assertThat(session.run("SELECT COUNT(*) FROM t$snapshots")).containsExactly("+I[2]");
    assertThat(
            session
                .catalog()
                .getTableStatistics(new org.apache.flink.table.catalog.ObjectPath("default", "t"))
                .getRowCount())
        .isEqualTo(2);
  }

  static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThatOrochiError(
      ThrowingCallable call) {
    return assertThatThrownBy(call)
        .extracting(
            e -> (Throwable) OrochiException.findIn(e).orElseThrow(() -> new AssertionError(e)))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE);
  }
}
