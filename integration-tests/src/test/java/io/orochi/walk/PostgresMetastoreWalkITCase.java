package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.batch.ScrubCommand;
import io.orochi.cluster.CommandRun;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The metastore in PostgreSQL: every command finds it through the data folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresMetastoreWalkITCase {
  @TempDir private static Path folder;

  private EmbeddedPostgres postgres;

  @BeforeAll
  void startPostgres() throws Exception {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  void stopPostgres() throws Exception {
    postgres.close();
  }

  @Test
  void rowsAreIngestedQueriedScrubbedAndKept() throws Exception {
    Path input = Files.writeString(folder.resolve("a.csv"), "ts,v\n2026-03-01 00:00:00,1.5\n");
    Path data = folder.resolve("data");
    Map<String, String> options =
        Map.of(
            "metastore", postgres.getJdbcUrl("postgres", "postgres"),
            "metastore.user", "postgres",
            "metastore.password", "postgres");
    try (OrochiCluster cluster = OrochiCluster.start(data, options)) {
      try (Connection session = cluster.flight()) {
        Sql.run(
            session,
            "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, v DOUBLE)"
                + " WITH ('orochi.hypertable' = 'ts')");
        Sql.run(session, "INSERT INTO t VALUES (TIMESTAMP '2026-03-02 00:00:00', 2.5)");
      }
      CommandRun ingest =
          CommandRun.ingest(cluster, input.toString(), "--table", "t", "--time", "ts");
      assertThat(ingest.exitCode()).as(ingest.err()).isZero();

      cluster.restart();
      try (Connection session = cluster.flight()) {
        assertThat(Sql.rows(session, "SELECT SUM(v), COUNT(*) FROM t")).containsExactly("4.0 | 2");
      }
      assertThat(ScrubCommand.commandLine().execute("--data", data.toString(), "--table", "t"))
          .isZero();
      assertThat(data.resolve("metastore.db")).doesNotExist();
    }
    try (Connection database = postgres.getPostgresDatabase().getConnection()) {
      assertThat(
              Sql.rows(
                  database, "SELECT catalog_name, table_namespace, table_name FROM iceberg_tables"))
          .containsExactly("orochi | default | t");
    }
  }
}
