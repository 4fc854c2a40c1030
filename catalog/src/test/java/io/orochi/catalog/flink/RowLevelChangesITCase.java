package io.orochi.catalog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.table.error.OrochiException;
import io.orochi.table.fault.Fault;
import java.nio.file.Path;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** DELETE and UPDATE as jobs of a Flink without our gateway. */
class RowLevelChangesITCase {
  @RegisterExtension static final MiniClusterExtension CLUSTER = TestingSession.cluster();

  @TempDir private Path folder;
  private TestingSession session;

  @BeforeEach
  void openSession() {
    session = new TestingSession(folder);
    session.run(
        "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, host STRING NOT NULL, n INT, v DOUBLE)"
            + " DISTRIBUTED BY HASH(host) INTO 2 BUCKETS WITH ('orochi.hypertable' = 'ts')");
    session.run(
        "INSERT INTO t SELECT TIMESTAMPADD(HOUR, x * 9, TIMESTAMP '2024-01-01 00:00:00'),"
            + " 'h' || CAST(MOD(x, 3) AS STRING), x, x / 2.0"
            + " FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7)) AS s(x)");
  }

  private Table table() {
    return session.catalog().icebergCatalog().loadTable(TableIdentifier.of("default", "t"));
  }

  private String numbers() {
    return String.join(",", session.run("SELECT n FROM t ORDER BY n"));
  }

  @Test
  void deletedRowsAreGone() {
    session.await("DELETE FROM t WHERE MOD(n, 4) = 1 OR host IN (SELECT host FROM t WHERE n = 2)");
    assertThat(numbers()).isEqualTo("+I[0],+I[3],+I[4],+I[6],+I[7]");
    assertThat(table().currentSnapshot().summary())
        .containsEntry("orochi.change", "delete")
        .containsEntry("added-dvs", "1")
        .doesNotContainKey("added-data-files");
    session.await("DELETE FROM t WHERE n = 3");
    assertThat(numbers()).isEqualTo("+I[0],+I[4],+I[6],+I[7]");
    session.await("DELETE FROM t WHERE n > 100");
    session.await("DELETE FROM t");
    assertThat(session.run("SELECT COUNT(*) FROM t")).containsExactly("+I[0]");
  }

  @Test
  void updatedRowsAreInTheirNewPlaces() {
    session.await("UPDATE t SET v = v + 100, host = 'moved' WHERE n >= 5");
    session.await("UPDATE t SET n = n + 10 WHERE host = 'moved' AND v > 102.9");
    assertThat(session.run("SELECT n, host, v FROM t ORDER BY n"))
        .containsExactly(
            "+I[0, h0, 0.0]",
            "+I[1, h1, 0.5]",
            "+I[2, h2, 1.0]",
            "+I[3, h0, 1.5]",
            "+I[4, h1, 2.0]",
            "+I[5, moved, 102.5]",
            "+I[16, moved, 103.0]",
            "+I[17, moved, 103.5]");
  }

  @Test
  void aChangeThatIsOvertakenChangesNothing() {
    try (Fault.Armed armed =
        Fault.arm(
            "commit.before-write",
            () -> table().newDelete().deleteFromRowFilter(Expressions.alwaysTrue()).commit())) {
      assertThatThrownBy(() -> session.await("UPDATE t SET v = 0 WHERE n = 3"))
          .satisfies(
              failure ->
                  assertThat(OrochiException.findIn(failure).orElseThrow())
                      .hasMessageContaining("OROCHI-1101")
                      .hasMessageContaining("Cannot commit to"));
    }
    assertThat(session.run("SELECT COUNT(*) FROM t")).containsExactly("+I[0]");
  }

  @Test
  void anUpdatedKeyTakesThePlaceOfAnother() {
    session.run("CREATE TABLE k (k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED)");
    session.run("INSERT INTO k VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    session.await("UPDATE k SET k = 3 WHERE k = 1");
    assertThat(session.run("SELECT * FROM k ORDER BY k")).containsExactly("+I[2, b]", "+I[3, a]");
  }
}
