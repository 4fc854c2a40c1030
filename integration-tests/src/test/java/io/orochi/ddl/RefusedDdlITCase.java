package io.orochi.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A definition that is refused, wherever in it the fault lies, changes nothing and leaves no file.
 */
@ExtendWith(SharedCluster.class)
class RefusedDdlITCase {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final OrochiCluster cluster;
  private String database;
  private Connection session;

  RefusedDdlITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void createTables() throws SQLException {
    database = "refused" + DATABASES.incrementAndGet();
    session = cluster.flight();
    Sql.run(session, "CREATE DATABASE " + database);
    Sql.run(session, "USE " + database);
    Sql.run(
        session,
        "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, host STRING, v INT, w INT)"
            + " WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 d')");
    Sql.run(session, "INSERT INTO t VALUES (TIMESTAMP '2026-01-01 00:00:00', 'a', 1, 2)");
    Sql.run(session, "CREATE TABLE plain (n INT, v STRING)");
    Sql.run(session, "INSERT INTO plain VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    Sql.run(session, "CREATE TABLE k (k INT, v INT, PRIMARY KEY (k) NOT ENFORCED)");
  }

  @AfterEach
  void close() throws SQLException {
    session.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE t ADD (x INT, y INT NOT NULL)",
        "ALTER TABLE t ADD (x INT, host STRING)",
        "ALTER TABLE t ADD (x INT FIRST, y INT AFTER nothing)",
        "ALTER TABLE t MODIFY (v BIGINT, host INT)",
        "ALTER TABLE t MODIFY (v BIGINT, w STRING)",
        "ALTER TABLE t DROP (v, ts)",
        "ALTER TABLE t DROP (v, nothing)",
        "ALTER TABLE t RENAME v TO host",
        "ALTER TABLE t SET ('orochi.order-by' = 'host', 'orochi.chunk-interval' = '2 d')",
        "ALTER TABLE t SET ('orochi.retention.drop-after' = '90 d', 'orochi.nonsense' = '1')",
        "ALTER TABLE t SET ('orochi.check.a' = 'v > 0', 'orochi.check.b' = 'nothing > 0')",
        "ALTER TABLE t RESET ('orochi.order-by', 'orochi.hypertable')",
        "CREATE TABLE n (ts TIMESTAMP(6) NOT NULL) WITH ('orochi.hypertable' = 'ts',"
            + " 'orochi.chunk-interval' = '1 d', 'orochi.compression.levle' = '3')",
        "CREATE TABLE n (ts TIMESTAMP(6) NOT NULL, v INT) DISTRIBUTED BY HASH(v) INTO 4000 BUCKETS"
            + " WITH ('orochi.hypertable' = 'ts')",
        "CREATE TABLE n (v INT) WITH ('orochi.check.a' = 'v > 0', 'orochi.check.b' = 'x > 0')",
        "CREATE TABLE n LIKE nothing",
        "CREATE TABLE n WITH ('orochi.check.c' = 'n < 3') AS SELECT * FROM plain",
        "CREATE TABLE n WITH ('orochi.hypertable' = 'v') AS SELECT * FROM plain",
        "CREATE TABLE n AS SELECT n, nothing FROM plain",
        "CALL sys.create_hypertable(relation => '${db}.plain', time_column => 'v')",
        "CALL sys.create_hypertable(relation => '${db}.plain', time_column => 'nothing',"
            + " migrate_data => true)",
        "CALL sys.create_distributed_table('${db}.plain', 'nothing', 4)",
        "CALL sys.create_distributed_table('${db}.plain', 'n', 4000)",
        "CALL sys.create_distributed_table('${db}.plain', 'v', 4, '${db}.t')",
        "CALL sys.set_chunk_interval('${db}.plain', INTERVAL '1' DAY)"
      })
  void aRefusedStatementChangesNothing(String statement) throws Exception {
    List<String> before = everything();

    assertThatThrownBy(() -> Sql.run(session, statement.replace("${db}", database)))
        .isInstanceOf(SQLException.class);

    assertThat(everything()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void aCreateTableAsThatFailsHalfWayLeavesNothing(String engine) throws Exception {
    Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    List<String> before = everything();

    assertThatThrownBy(
            () ->
                Sql.run(
                    session,
                    "CREATE TABLE n WITH ('orochi.check.c' = 'n < 3') AS SELECT * FROM plain"))
        .satisfies(failure -> assertThat(Sql.messages(failure)).contains("OROCHI-3110"));

    assertThat(everything()).isEqualTo(before);
  }

  /** The other table founds a group only for one that can join it. */
  @Test
  void aRefusedColocationLeavesTheOtherTableAlone() throws Exception {
    Sql.run(session, "CALL sys.create_distributed_table('" + database + ".plain', 'n', 4)");
    List<String> before = everything();

    assertThatThrownBy(
            () ->
                Sql.run(
                    session,
                    "CALL sys.create_distributed_table(relation => '${db}.k', distribution_column"
                            .replace("${db}", database)
                        + " => 'v', colocate_with => '"
                        + database
                        + ".plain')"))
        .isInstanceOf(SQLException.class);

    assertThat(everything()).isEqualTo(before);
  }

  /**
   * The layout is a commit of its own, so that a rewrite can go on where it stopped. What fails
   * then is the moving of rows, of which none is lost.
   */
  @ParameterizedTest
  @ValueSource(strings = {"layout.before-step", "commit.before-write", "commit.before-swap"})
  void aRewriteThatFailsIsGoneOnWith(String point) throws Exception {
    String call = "CALL sys.create_distributed_table('" + database + ".plain', 'n', 4)";
    List<Path> files = files();
    try (Fault.Armed armed =
        Fault.arm(
            point,
            () -> {
              throw new IllegalStateException("failed on purpose");
            })) {
      assertThatThrownBy(() -> Sql.run(session, call)).isInstanceOf(SQLException.class);
    }
    String rows = "SELECT n, v FROM plain ORDER BY n";
    assertThat(Sql.rows(session, rows)).containsExactly("1 | a", "2 | b", "3 | c");
    assertThat(files()).containsAll(files);
    assertThat(Sql.rows(session, "CALL sys.check_table('" + database + ".plain', true)"))
        .isNotEmpty()
        .noneMatch(row -> row.contains("error"));

    assertThat(Sql.rows(session, call)).isNotEmpty().allMatch(row -> row.endsWith("true"));
    assertThat(Sql.rows(session, rows)).containsExactly("1 | a", "2 | b", "3 | c");
  }

  /** Names, definitions, rows, where the metadata is, and every file there is. */
  private List<String> everything() throws Exception {
    List<String> all = new ArrayList<>();
    for (String table : Sql.rows(session, "SHOW TABLES")) {
      TableIdentifier identifier = TableIdentifier.of(Namespace.of(database), table);
      String location = cluster.catalog().metadataLocation(identifier);
      all.add(table + " " + location.substring(location.lastIndexOf('/')));
      all.addAll(Sql.rows(session, "SHOW CREATE TABLE " + table));
      all.addAll(Sql.rows(session, "SELECT * FROM " + table).stream().sorted().toList());
    }
    files().forEach(file -> all.add(file.toString()));
    return all;
  }

  private List<Path> files() throws IOException {
    Path warehouse = cluster.catalogConfig().localWarehouse().orElseThrow();
    try (Stream<Path> files = Files.walk(warehouse.resolve(database))) {
      return files.filter(Files::isRegularFile).map(warehouse::relativize).sorted().toList();
    }
  }
}
