package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Spark creates, writes, deletes from and evolves tables through the Iceberg REST door, its own and
 * one of ours; both of our engines read the answer at once. The door asks for a token. Spark runs
 * once, for its start takes most of the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignWriterITCase {
  private static final String TOKEN = "the-key-of-the-foreign-door";

  /** The same life of a table in both formats: position delete files, and deletion vectors. */
  private static final String LIFE =
      """
      CREATE TABLE foreign.cpu_v%1$d (ts TIMESTAMP, host STRING, usage DOUBLE)
      USING iceberg PARTITIONED BY (days(ts), bucket(4, host))
      TBLPROPERTIES ('format-version' = '%1$d', 'write.delete.mode' = 'merge-on-read',
        'write.update.mode' = 'merge-on-read', 'write.merge.mode' = 'merge-on-read')

      INSERT INTO foreign.cpu_v%1$d VALUES
        (TIMESTAMP '2026-03-01 09:00:00', 'press-1', 1.5),
        (TIMESTAMP '2026-03-01 10:00:00', 'press-1', 2.5),
        (TIMESTAMP '2026-03-01 11:00:00', 'press-2', 3.5),
        (TIMESTAMP '2026-03-02 09:00:00', 'press-2', 4.5),
        (TIMESTAMP '2026-03-02 10:00:00', 'press-3', NULL)

      DELETE FROM foreign.cpu_v%1$d WHERE host = 'press-1' AND usage < 2

      UPDATE foreign.cpu_v%1$d SET usage = 30 WHERE usage = 3.5

      ALTER TABLE foreign.cpu_v%1$d ADD COLUMN region STRING AFTER host

      ALTER TABLE foreign.cpu_v%1$d RENAME COLUMN usage TO load

      ALTER TABLE foreign.cpu_v%1$d REPLACE PARTITION FIELD bucket(4, host) WITH bucket(8, host)

      INSERT INTO foreign.cpu_v%1$d VALUES
        (TIMESTAMP '2026-03-03 09:00:00', 'press-4', 'eu', 5.5)

      MERGE INTO foreign.cpu_v%1$d t
      USING (SELECT 'press-2' AS host, 'us' AS region UNION ALL SELECT 'press-9', 'us') s
      ON t.host = s.host
      WHEN MATCHED AND t.load = 4.5 THEN DELETE
      WHEN MATCHED THEN UPDATE SET t.region = s.region
      WHEN NOT MATCHED THEN INSERT (ts, host, region, load)
        VALUES (TIMESTAMP '2026-03-04 00:00:00', s.host, s.region, 9.5)

      SELECT host, region, load FROM foreign.cpu_v%1$d ORDER BY host

      """;

  /** After our own changes of {@code mine}, which left deletion vectors. */
  private static final String ON_MINE =
      """
      SELECT host, n FROM foreign.mine ORDER BY host

      ALTER TABLE foreign.mine SET TBLPROPERTIES
        ('write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read')

      DELETE FROM foreign.mine WHERE host = 'd'

      UPDATE foreign.mine SET n = 31 WHERE host = 'c'

      """;

  private static final List<String> CHANGES_OF_MINE =
      List.of(
          "INSERT | a | 1",
          "INSERT | b | 2",
          "INSERT | c | 3",
          "INSERT | d | 4",
          "DELETE | a | 1",
          "DELETE | b | 2",
          "INSERT | b | 20",
          "DELETE | c | 3",
          "INSERT | c | 30",
          "INSERT | e | 5",
          "DELETE | d | 4",
          "DELETE | c | 30",
          "INSERT | c | 31");

  private static final String ON_OURS =
      """
      INSERT INTO foreign.ours VALUES (TIMESTAMP_NTZ '2026-03-02 00:00:00', 'spark', 3)

      DELETE FROM foreign.ours WHERE n = 1

      CREATE VIEW foreign.recent AS SELECT host FROM foreign.cpu_v2 WHERE load > 9

      SELECT host FROM foreign.recent ORDER BY host

      CREATE NAMESPACE foreign.below

      CREATE TABLE foreign.below.copy USING iceberg AS SELECT host, load FROM foreign.cpu_v3

      SELECT COUNT(*) AS n FROM foreign.below.copy
      """;

  private static final List<String> LEFT =
      List.of(
          "press-1 | NULL | 2.5",
          "press-2 | us | 30.0",
          "press-3 | NULL | NULL",
          "press-4 | eu | 5.5",
          "press-9 | us | 9.5");

  @TempDir private static Path folder;
  private OrochiCluster cluster;
  private List<String> seenBySpark;

  @BeforeAll
  void runSpark() throws Exception {
    cluster = OrochiCluster.start(folder.resolve("data"), Map.of("catalog.token", TOKEN));
    try (Connection session = cluster.flight()) {
      Sql.run(session, "CREATE DATABASE `foreign`");
      Sql.run(
          session,
          "CREATE TABLE `foreign`.ours (ts TIMESTAMP(6) NOT NULL, host STRING, n INT)"
              + " WITH ('orochi.hypertable' = 'ts')");
      Sql.run(
          session,
          "INSERT INTO `foreign`.ours VALUES (TIMESTAMP '2026-03-01 00:00:00', 'a', 1),"
              + " (TIMESTAMP '2026-03-01 00:00:01', 'b', 2)");
      changeMine(session);
    }
    seenBySpark =
        ForeignEngines.sparkOverRest(
            folder, cluster, TOKEN, ON_MINE + LIFE.formatted(2) + LIFE.formatted(3) + ON_OURS);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  private static void changeMine(Connection session) throws SQLException {
    Sql.run(
        session,
        "CREATE TABLE `foreign`.mine (ts TIMESTAMP(6) NOT NULL, host STRING, n INT)"
            + " WITH ('orochi.hypertable' = 'ts')");
    Sql.run(
        session,
        "INSERT INTO `foreign`.mine SELECT TIMESTAMP '2026-03-01 00:00:00', host, n"
            + " FROM (VALUES ('a', 1), ('b', 2), ('c', 3), ('d', 4)) AS v (host, n)");
    Sql.run(session, "DELETE FROM `foreign`.mine WHERE host = 'a'");
    Sql.run(session, "UPDATE `foreign`.mine SET n = 20 WHERE host = 'b'");
    Sql.run(
        session,
        "MERGE INTO `foreign`.mine AS t"
            + " USING (SELECT * FROM (VALUES ('c', 30), ('e', 5)) AS v (host, n)) AS s"
            + " ON t.host = s.host WHEN MATCHED THEN UPDATE SET n = s.n"
            + " WHEN NOT MATCHED THEN INSERT (ts, host, n)"
            + " VALUES (TIMESTAMP '2026-03-01 00:00:01', s.host, s.n)");
  }

  @Test
  void sparkReadsAroundOurDeletionVectors() {
    assertThat(deleteFormat("mine")).contains("puffin");
    assertThat(seenBySpark)
        .startsWith(
            "{\"host\":\"b\",\"n\":20}",
            "{\"host\":\"c\",\"n\":30}",
            "{\"host\":\"d\",\"n\":4}",
            "{\"host\":\"e\",\"n\":5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void sparksChangesAreInTheChangelogBesideOurs(String engine) throws Exception {
    assertThat(rows(engine, "SELECT host, n FROM `foreign`.mine"))
        .containsExactlyInAnyOrder("b | 20", "c | 31", "e | 5");
    assertThat(rows(engine, "SELECT _change_type, host, n FROM `foreign`.`mine$changelog`"))
        .containsExactlyInAnyOrderElementsOf(CHANGES_OF_MINE);
  }

  @Test
  void sparkSeesWhatItWrote() {
    assertThat(seenBySpark)
        .containsSubsequence(
            "{\"host\":\"press-1\",\"load\":2.5}",
            "{\"host\":\"press-2\",\"region\":\"us\",\"load\":30.0}",
            "{\"host\":\"press-9\",\"region\":\"us\",\"load\":9.5}")
        .endsWith("{\"host\":\"press-2\"}", "{\"host\":\"press-9\"}", "{\"n\":5}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void bothEnginesReadWhatSparkLeft(String engine) throws Exception {
    for (String table : List.of("cpu_v2", "cpu_v3")) {
      assertThat(
              rows(
                  engine, "SELECT host, region, `load` FROM `foreign`." + table + " ORDER BY host"))
          .as(table)
          .isEqualTo(LEFT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void aPrunedReadOfAForeignTableIsRight(String engine) throws Exception {
    assertThat(
            rows(
                engine,
                "SELECT `load` FROM `foreign`.cpu_v3 WHERE host = 'press-4'"
                    + " AND ts >= TIMESTAMP '2026-03-03 00:00:00'"))
        .containsExactly("5.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel", "flink"})
  void aTableOfOursTakesForeignRowsAndDeletes(String engine) throws Exception {
    assertThat(rows(engine, "SELECT host, n FROM `foreign`.ours ORDER BY n"))
        .containsExactly("b | 2", "spark | 3");
  }

  @Test
  void theFormatsAreWhatTheyWereAskedToBe() {
    assertThat(deleteFormat("cpu_v2")).contains("parquet");
    assertThat(deleteFormat("cpu_v3")).contains("puffin");
  }

  private String deleteFormat(String name) {
    Table table = cluster.table("foreign", name);
    StringBuilder formats = new StringBuilder();
    table
        .snapshots()
        .forEach(
            snapshot ->
                snapshot
                    .addedDeleteFiles(table.io())
                    .forEach(file -> formats.append(file.format()).append(' ')));
    return formats.toString().toLowerCase(Locale.ROOT);
  }

  private List<String> rows(String engine, String query) throws SQLException {
    try (Connection session = cluster.flight()) {
      Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
      return Sql.rows(session, query);
    }
  }
}
