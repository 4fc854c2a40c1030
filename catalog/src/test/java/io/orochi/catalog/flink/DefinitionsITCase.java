package io.orochi.catalog.flink;

import static io.orochi.catalog.flink.OrochiCatalogITCase.assertThatOrochiError;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.view.View;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionsITCase {
  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void openSession() {
    session = new TestingSession(folder);
  }

  @Test
  void oneRefusedColumnLeavesTheOthersAsTheyWere() {
    session.run("CREATE TABLE t (a INT, b BIGINT)");
    session.run("INSERT INTO t VALUES (1, 2)");
    String before = session.run("SHOW CREATE TABLE t").get(0);
    assertThatOrochiError(() -> session.run("ALTER TABLE t MODIFY (a BIGINT, b INT)"))
        .hasMessageContaining("OROCHI-3020: Cannot change column type: b: long -> int");
    assertThat(session.run("SHOW CREATE TABLE t").get(0)).isEqualTo(before);
  }

  @Test
  void rowsAreEvolvedFieldByField() {
    session.run("CREATE TABLE t (s ROW<a INT, b ROW<c INT>>, l ARRAY<ROW<x INT, y INT>>)");
    session.run("INSERT INTO t SELECT ROW(1, ROW(2)), ARRAY[ROW(3, 4)]");
    session.run("ALTER TABLE t MODIFY s ROW<b ROW<c BIGINT, e STRING>, a BIGINT>");
    session.run("ALTER TABLE t MODIFY l ARRAY<ROW<y BIGINT>>");
    assertThat(session.run("SELECT * FROM t")).containsExactly("+I[+I[+I[2, null], 1], [+I[4]]]");
  }

  @Test
  void anEmptyTableTakesWhatOthersRefuse() {
    session.run("CREATE TABLE t (a INT)");
    session.run("ALTER TABLE t ADD n INT NOT NULL");
    session.run("ALTER TABLE t MODIFY a INT NOT NULL");
    assertThat(session.run("DESCRIBE t")).allMatch(row -> row.contains("false"));
  }

  @Test
  void aViewIsAnIcebergViewOfDialectFlink() {
    session.run("CREATE TABLE t (a INT, b STRING)");
    session.run("CREATE VIEW v (x) COMMENT 'one' AS SELECT a FROM t");
    View view = session.catalog().icebergCatalog().loadView(TableIdentifier.of("default", "v"));
    assertThat(view.sqlFor("flink").dialect()).isEqualTo("flink");
    assertThat(view.sqlFor("flink").sql()).contains("`orochi`.`default`.`t`");
    String shown = session.run("SHOW CREATE VIEW v").get(0);
    String statement = shown.substring("+I[".length(), shown.length() - 1);
    session.run("DROP VIEW v");
    session.run(statement);
    assertThat(session.run("SHOW CREATE VIEW v").get(0)).isEqualTo(shown);
    assertThat(session.run("SHOW VIEWS")).containsExactly("+I[v]");
  }

  @Test
  void aDroppedTableComesBackWithItsRows() {
    session.run("CREATE TABLE t (a INT)");
    session.run("INSERT INTO t VALUES (1)");
    session.run("DROP TABLE t");
    session.run("CREATE TABLE t (b INT)");
    session.run("INSERT INTO t VALUES (2)");
    assertThatOrochiError(() -> session.run("CALL sys.undrop_table('t')"))
        .hasMessageContaining("OROCHI-3002: Cannot bring back default.t dropped at");
    session.run("CALL sys.undrop_table(relation => 't', new_name => 'older')");
    assertThat(session.run("SELECT a FROM older")).containsExactly("+I[1]");
    assertThat(session.run("SELECT b FROM t")).containsExactly("+I[2]");
    assertThatOrochiError(() -> session.run("CALL sys.undrop_table('t')"))
        .hasMessageContaining("Nothing that was dropped is left.");
  }

  @Test
  void aPurgedTableLeavesNoFileAndItsNamesakeAll() throws Exception {
    session.run("CREATE TABLE t (a INT)");
    session.run("INSERT INTO t VALUES (1)");
    Table first = table("t");
    session.run("DROP TABLE t");
    session.run("CREATE TABLE t (a INT)");
    session.run("INSERT INTO t VALUES (2)");
    assertThat(table("t").location()).isNotEqualTo(first.location());
    assertThat(session.run("CALL sys.purge_dropped_tables()")).isEmpty();
    assertThat(session.run("CALL sys.purge_dropped_tables('t')")).hasSize(1);
    assertThat(session.run("SELECT a FROM t")).containsExactly("+I[2]");
    try (Stream<Path> left = Files.walk(Path.of(first.location().replaceFirst("^file:", "")))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void chunksAreDroppedByTheAgeOfTheNewestRow() {
    session.run("CREATE TABLE t (ts TIMESTAMP(6), a INT) WITH ('orochi.hypertable' = 'ts')");
    session.run(
        "INSERT INTO t VALUES (TIMESTAMP '2024-01-01 01:00:00', 1),"
            + " (TIMESTAMP '2024-01-02 01:00:00', 2), (TIMESTAMP '2024-01-03 01:00:00', 3),"
            + " (CAST(NULL AS TIMESTAMP(6)), 4)");
    assertThat(session.run("CALL sys.drop_chunks(relation => 't', older_than => '1 d')"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("+I[2024-01-01");
    assertThat(session.run("SELECT a FROM t ORDER BY a"))
        .as("a row without a time is of no age")
        .containsExactly("+I[2]", "+I[3]", "+I[4]");
    session.run("INSERT INTO t VALUES (TIMESTAMP '2099-01-01 00:00:00', 5)");
    assertThat(session.run("CALL sys.drop_chunks(relation => 't', newer_than => '2098-01-01')"))
        .hasSize(1);
    assertThat(session.run("SELECT COUNT(*) FROM t")).containsExactly("+I[3]");
  }

  private Table table(String name) {
    return session.catalog().icebergCatalog().loadTable(TableIdentifier.of("default", name));
  }
}
