package io.orochi.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.SharedCluster;
import io.orochi.cluster.Sql;
import io.orochi.stream.IngestCommand;
import io.orochi.stream.command.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One query over every door. The rows are the Numenta Anomaly Benchmark's if the file is there
 * (system property {@code orochi.nab}, else a folder {@code shared} beside the project), otherwise
 * a generated set of the same shape.
 */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsITCase {
  private static final String QUERY =
      "SELECT category, time_bucket(INTERVAL '1' DAY, ts) AS d, avg(`value`) AS a, count(*) AS n"
          + " FROM metrics.nab GROUP BY category, time_bucket(INTERVAL '1' DAY, ts)";
  private static final String TOTAL = "SELECT CAST(SUM(n) AS BIGINT) AS total FROM (" + QUERY + ")";

  private final OrochiCluster cluster;
  @TempDir private static Path folder;
  private long rows;

  DoorsITCase(OrochiCluster cluster) {
    this.cluster = cluster;
  }

  @BeforeAll
  void ingest() throws Exception {
    Path nab =
        Path.of(System.getProperty("orochi.nab", "../../shared/data/nab/nab_long.csv.gz"))
            .toAbsolutePath();
    Path input = Files.exists(nab) ? nab : generated();
    rows = Files.exists(nab) ? 365_558 : GENERATED_ROWS;
    int exitCode =
        Commands.execute(
            new IngestCommand(),
            input.toString(),
            "--data",
            cluster.dataFolder().toString(),
            "--table",
            "metrics.nab",
            "--time",
            "ts");
    assertThat(exitCode).isZero();
  }

  private static final int GENERATED_ROWS = 20_000;

  private Path generated() throws Exception {
    DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    LocalDateTime start = LocalDateTime.of(2014, 4, 1, 0, 0);
    StringBuilder text = new StringBuilder("category,series,ts,value\n");
    for (int row = 0; row < GENERATED_ROWS; row++) {
      text.append("category-%d,series-%d,".formatted(row % 3, row % 7))
          .append(format.format(start.plusMinutes(5L * (row / 7))))
          .append(",%d.5\n".formatted(row % 100));
    }
    return Files.writeString(folder.resolve("nab_like.csv"), text);
  }

  @Test
  void flightSqlGivesEveryGroupAndCountsEveryRow() throws Exception {
    try (Connection session = cluster.flight()) {
      assertThat(Sql.rows(session, TOTAL)).containsExactly(String.valueOf(rows));
      assertThat(answer(session, "kernel")).isEqualTo(answer(session, "flink")).isNotEmpty();
    }
  }

  @Test
  void flightSqlPreparesItWithAParameter() throws Exception {
    try (Connection session = cluster.flight();
        PreparedStatement statement =
            session.prepareStatement("SELECT COUNT(*) FROM metrics.nab WHERE `value` >= ?")) {
      statement.setDouble(1, -1e300);
      try (ResultSet result = statement.executeQuery()) {
        assertThat(result.next()).isTrue();
        assertThat(result.getLong(1)).isEqualTo(rows);
      }
    }
  }

  @Test
  void flightSqlListsItAmongTheTables() throws Exception {
    try (Connection session = cluster.flight();
        ResultSet tables = session.getMetaData().getTables(null, "metrics", "%", null)) {
      assertThat(tables.next()).isTrue();
      assertThat(tables.getString("TABLE_NAME")).isEqualTo("nab");
    }
  }

  @Test
  void flinksJdbcDriverCountsEveryRow() throws Exception {
    try (Connection session = cluster.flinkJdbc()) {
      assertThat(Sql.rows(session, TOTAL)).containsExactly(String.valueOf(rows));
    }
  }

  @Test
  void flinksSqlClientCountsEveryRow() throws Exception {
    assertThat(ForeignEngines.flinkSqlClient(folder, cluster, TOTAL + ";\n"))
        .contains(String.valueOf(rows));
  }

  @Test
  void sparkCountsEveryRow() throws Exception {
    assertThat(ForeignEngines.spark(folder, cluster, "SELECT COUNT(*) AS n FROM metrics.nab"))
        .containsExactly("{\"n\":" + rows + "}");
  }

  /** Averages rounded: the engines add in different orders. */
  private static List<String> answer(Connection session, String engine) throws Exception {
    Sql.run(session, "SET 'orochi.execution.engine' = '" + engine + "'");
    String rounded =
        "SELECT category, d, ROUND(a, 3) AS a, n FROM (" + QUERY + ") ORDER BY category, d";
    return Sql.rows(session, rounded).stream().collect(Collectors.toList());
  }
}
