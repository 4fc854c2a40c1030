package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
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
import org.apache.iceberg.catalog.Namespace;
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
      prepare(cluster, duckDb);
      Sql.run(orochi, "USE tpch");
      Sql.run(orochi, "SET 'orochi.execution.engine' = 'kernel'");
      Sql.run(flink, "USE tpch");
      Sql.run(flink, "SET 'orochi.execution.engine' = 'flink'");
      BenchReport report = new BenchReport("tpch", MEASURES, List.of("orochi", yardstick()));
      report.fact("scale", scale);
      Race race = new Race(2, options.rounds());
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

  private void prepare(OrochiCluster cluster, DuckDbReference duckDb) throws Exception {
    if (!cluster.catalog().namespaceExists(Namespace.of("tpch"))) {
      TpchTables.load(cluster.catalog(), "tpch", scale);
    }
    for (TpchTable<?> table : TpchTable.getTables()) {
      duckDb.view(table.getTableName(), cluster.table("tpch", table.getTableName()));
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
