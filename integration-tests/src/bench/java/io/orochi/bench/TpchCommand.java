package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.catalog.settings.Settings;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import io.orochi.tpch.Rows;
import io.orochi.tpch.TpchQueries;
import io.orochi.tpch.TpchTables;
import io.trino.tpch.TpchTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** TPC-H through the gateway, against DuckDB or Flink batch. */
@Command(
    name = "tpch",
    mixinStandardHelpOptions = true,
    description = "TPC-H queries over Flight SQL, against DuckDB on the same Parquet files.")
final class TpchCommand implements Callable<Integer> {
  private static final String MEASURES =
      "TPC-H over Flight SQL JDBC, whole answer fetched, against a plain DuckDB on the same files;"
          + " warm, server and yardstick in one process, no load time";
  private static final String AGAINST_FLINK =
      "TPC-H over Flight SQL JDBC, whole answer fetched, on the kernel against Flink batch with"
          + " Iceberg's own source, planning and job start inside each time; the same tables and"
          + " server; warm, no load time";
  private static final double WARM_UP_SCALE = 0.01;

  @Mixin private BenchOptions options;

  @Option(names = "--scale", defaultValue = "1", description = "TPC-H scale factor (default: 1).")
  private double scale;

  @Option(names = "--queries", split = ",", description = "Numbers of queries (default: all 22).")
  private List<Integer> queries = IntStream.rangeClosed(1, TpchQueries.COUNT).boxed().toList();

  @Option(
      names = "--against",
      defaultValue = "DUCKDB",
      description = "The yardstick: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Yardstick against;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "40",
      description =
          "How often all queries run on a small database before the first that counts (default:"
              + " ${DEFAULT-VALUE}); with fewer, the server is still being compiled.")
  private int warmUp;

  @Spec private CommandSpec spec;

  enum Yardstick {
    DUCKDB,
    FLINK
  }

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("tpch-" + scale);
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER);
        DuckDbReference duckDb = new DuckDbReference();
        Connection orochi = cluster.flight();
        Connection flink = cluster.flight()) {
      Sql.run(orochi, "SET 'orochi.execution.engine' = 'kernel'");
      Sql.run(flink, "SET 'orochi.execution.engine' = 'flink'");
      Sql.run(flink, "SET '" + Settings.KERNEL_SOURCE.key() + "' = 'false'");
      prepare(cluster, duckDb, "warm_up", WARM_UP_SCALE);
      Sql.run(orochi, "USE warm_up");
      warmUp(orochi, duckDb);
      prepare(cluster, duckDb, "tpch", scale);
      Sql.run(orochi, "USE tpch");
      Sql.run(flink, "USE tpch");
      String measures = against == Yardstick.DUCKDB ? MEASURES : AGAINST_FLINK;
      BenchReport report = new BenchReport("tpch", measures, List.of("orochi", yardstick()));
      report.fact("scale", scale);
      report.fact("warm_up", warmUp);
      // a query of Flink's takes so long that comparing the answers has warmed it up
      Race race = new Race(against == Yardstick.DUCKDB ? 2 : 0, options.rounds());
      for (int number : queries) {
        String sql = TpchQueries.query(number);
        List<Contestant> contestants = new ArrayList<>();
        contestants.add(new Contestant("orochi", () -> rows(orochi, sql)));
        contestants.add(
            switch (against) {
              case DUCKDB -> new Contestant(yardstick(), () -> duckDb.query(sql));
              case FLINK -> new Contestant(yardstick(), () -> rows(flink, sql));
            });
        report.add(race.run("Q" + number, contestants, TpchCommand::differences));
      }
      PrintWriter out = spec.commandLine().getOut();
      report.print(out);
      return 0;
    }
  }

  private String yardstick() {
    return against == Yardstick.DUCKDB ? "duckdb" : "flink-batch";
  }

  /** Makes a database and has the yardstick read it. */
  private static void prepare(
      OrochiCluster cluster, DuckDbReference duckDb, String database, double scale)
      throws Exception {
    TpchTables.load(cluster.catalog(), database, scale);
    duckDb.execute("CREATE SCHEMA " + database);
    duckDb.execute("USE " + database);
    for (TpchTable<?> table : TpchTable.getTables()) {
      duckDb.view(table.getTableName(), cluster.table(database, table.getTableName()));
    }
  }

  private void warmUp(Connection orochi, DuckDbReference duckDb) throws SQLException {
    for (int i = 0; i < warmUp; i++) {
      for (int number : queries) {
        rows(orochi, TpchQueries.query(number));
        duckDb.query(TpchQueries.query(number));
      }
    }
  }

  private static List<List<Object>> rows(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return DuckDbReference.rows(result);
    }
  }

  @SuppressWarnings("unchecked")
  private static List<String> differences(Object expected, Object actual) {
    return Rows.differences((List<List<Object>>) expected, (List<List<Object>>) actual);
  }
}
