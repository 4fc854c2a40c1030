package io.orochi.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.table.fault.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A column gets another name and its old one goes to a new column, at the worst moments of a
 * statement. Whatever finds a column by its name and not by its identity gives values to the wrong
 * one here, each time; {@link ConcurrentDdlITCase} meets such moments by chance.
 */
@ExtendWith(SharedCluster.class)
class SwappedNamesITCase {
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final OrochiCluster cluster;
  private String database;

  SwappedNamesITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeEach
  void createTable() throws SQLException {
    database = "swapped" + DATABASES.incrementAndGet();
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE " + database);
      Sql.run(session, "USE " + database);
      Sql.run(session, "CREATE TABLE t (id INT, a INT)");
      Sql.run(session, "INSERT INTO t VALUES (1, 10), (2, 20)");
      Sql.run(session, "CREATE TABLE source (id INT, a INT)");
      Sql.run(session, "INSERT INTO source VALUES (3, 30), (4, 40)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void oldFilesGiveTheirValuesToTheRenamedColumn(String engine) throws Exception {
    swap();

    assertThat(rows(engine, "SELECT id, a, b FROM t ORDER BY id"))
        .containsExactly("1 | NULL | 10", "2 | NULL | 20");
    assertThat(rows(engine, "SELECT id FROM t WHERE b = 20")).containsExactly("2");
    assertThat(rows(engine, "SELECT id FROM t WHERE a = 20")).isEmpty();
    assertThat(rows(engine, "SELECT MAX(a), MAX(b), COUNT(a), COUNT(b) FROM t"))
        .containsExactly("NULL | 20 | 0 | 2");
  }

  /** Written by the old columns, committed to the new ones. */
  @ParameterizedTest
  @CsvSource({
    "kernel, change.before-publish",
    "kernel, commit.before-write",
    "kernel, commit.before-swap",
    "flink, commit.before-write",
    "flink, commit.before-swap"
  })
  void rowsOnTheirWayGoToTheRenamedColumn(String engine, String point) throws Exception {
    swappingAt(point, engine, "INSERT INTO t SELECT id, a FROM source");

    for (String reader : List.of("kernel", "flink")) {
      assertThat(rows(reader, "SELECT id, a, b FROM t ORDER BY id"))
          .containsExactly("1 | NULL | 10", "2 | NULL | 20", "3 | NULL | 30", "4 | NULL | 40");
    }
  }

  /** Planned by the old columns, read when there are new ones. */
  @Test
  void aPlanReadsTheColumnItMeant() throws Exception {
    swappingAt("change.before-read", "kernel", "INSERT INTO source SELECT id, a FROM t");

    assertThat(rows("kernel", "SELECT id, a FROM source ORDER BY id"))
        .containsExactly("1 | 10", "2 | 20", "3 | 30", "4 | 40");
  }

  @ParameterizedTest
  @ValueSource(strings = {"change.before-read", "change.before-publish", "commit.before-write"})
  void changedRowsKeepTheirOtherColumns(String point) throws Exception {
    swappingAt(point, "kernel", "UPDATE t SET id = id + 100 WHERE a = 20");

    assertThat(rows("kernel", "SELECT id, a, b FROM t ORDER BY id"))
        .containsExactly("1 | NULL | 10", "102 | NULL | 20");
  }

  private void swappingAt(String point, String engine, String statement) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Connection session = session(engine);
        Fault.Armed armed =
            Fault.arm(
                point,
                () -> {
                  if (done.compareAndSet(false, true)) {
                    swap();
                  }
                })) {
      Sql.run(session, statement);
    }
    assertThat(done).isTrue();
  }

  private void swap() {
    try (Connection session = session("auto")) {
      Sql.run(session, "ALTER TABLE t RENAME a TO b");
      Sql.run(session, "ALTER TABLE t ADD (a INT)");
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private Connection session(String engine) throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "USE " + database);
    Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    return session;
  }

  private List<String> rows(String engine, String sql) throws SQLException {
    try (Connection session = session(engine)) {
      return Sql.rows(session, sql);
    }
  }
}
