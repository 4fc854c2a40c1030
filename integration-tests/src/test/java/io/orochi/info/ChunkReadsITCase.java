package io.orochi.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import java.sql.Connection;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code info.chunks} tells of reads and tiers. */
@ExtendWith(SharedCluster.class)
class ChunkReadsITCase {
  private static final String CHUNKS =
      "SELECT `reads`, last_read_at IS NOT NULL, tier FROM info.chunks"
          + " WHERE hypertable_schema = 'chunk_reads' ORDER BY range_start";

  private final OrochiCluster cluster;

  ChunkReadsITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @Test
  void onlyTheChunksOfAPlanAreCounted() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE chunk_reads");
      Sql.run(session, "USE chunk_reads");
      Sql.run(
          session,
          "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, v INT)"
              + " WITH ('orochi.hypertable' = 'ts', 'orochi.chunk-interval' = '1 d')");
      Sql.run(
          session,
          "INSERT INTO t VALUES (TIMESTAMP '2026-01-01 00:00:00', 1),"
              + " (TIMESTAMP '2026-01-02 00:00:00', 2), (TIMESTAMP '2026-01-03 00:00:00', 3)");
      assertThat(chunks(session))
          .containsExactly("0 | false | hot", "0 | false | hot", "0 | false | hot");

      for (int bound = 5; bound < 8; bound++) {
        assertThat(Sql.rows(session, "SELECT v FROM t WHERE v < %d ORDER BY v".formatted(bound)))
            .containsExactly("1", "2", "3");
      }
      String second = "SELECT v FROM t WHERE ts = TIMESTAMP '2026-01-02 00:00:00'";
      assertThat(Sql.rows(session, second)).containsExactly("2");
      assertThat(chunks(session))
          .containsExactly("3 | true | hot", "4 | true | hot", "3 | true | hot");

      assertThat(Sql.rows(session, second)).as("by the cache").containsExactly("2");
      Sql.rows(session, "EXPLAIN SELECT MAX(v + 1) FROM t");
      assertThat(chunks(session)).element(1).isEqualTo("4 | true | hot");
    }
  }

  @Test
  void aFileThatLiesElsewhereIsInNoKnownTier() throws Exception {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE chunk_tiers");
      Sql.run(session, "USE chunk_tiers");
      Sql.run(
          session,
          "CREATE TABLE t (ts TIMESTAMP(6) NOT NULL, v INT) WITH ('orochi.hypertable' = 'ts')");
      Sql.run(session, "INSERT INTO t VALUES (TIMESTAMP '2026-01-01 00:00:00', 1)");
      Table table = cluster.table("chunk_tiers", "t");
      DataFile here = table.currentSnapshot().addedDataFiles(table.io()).iterator().next();
      DataFile elsewhere =
          DataFiles.builder(table.spec())
              .copy(here)
              .withPath("s3://elsewhere/" + table.name() + "/x.parquet")
              .build();
      table.newAppend().appendFile(elsewhere).commit();

      assertThat(
              Sql.rows(
                  session,
                  "SELECT tier, num_files FROM info.chunks"
                      + " WHERE hypertable_schema = 'chunk_tiers'"))
          .containsExactly("NULL | 2");
    }
  }

  private static List<String> chunks(Connection session) throws Exception {
    return Sql.rows(session, CHUNKS);
  }
}
