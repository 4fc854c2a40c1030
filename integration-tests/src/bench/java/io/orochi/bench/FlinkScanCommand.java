package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.catalog.settings.Settings;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import io.orochi.tpch.Rows;
import io.orochi.tpch.TpchQueries;
import io.orochi.tpch.TpchTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Flink batch whose tasks read through the kernel, against Flink batch with Iceberg's source. */
@Command(
    name = "flinkscan",
    mixinStandardHelpOptions = true,
    description = "TPC-H on Flink batch: tables read by the kernel against Iceberg's own source.")
final class FlinkScanCommand implements Callable<Integer> {
  private static final String MEASURES =
      "TPC-H queries on Flink batch over Flight SQL JDBC, on the session cluster, planning and job"
          + " start inside each time; the same tables, plans and cluster but for the source; warm,"
          + " no load time";

  private static final double WARM_UP_SCALE = 0.01;

  @Mixin private BenchOptions options;

  @Option(names = "--scale", defaultValue = "1", description = "TPC-H scale factor (default: 1).")
  private double scale;

  @Option(
      names = "--queries",
      split = ",",
      description = "Numbers of queries (default: 1,6).")
  private List<Integer> queries = List.of(1, 6);

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "How often all queries run on a small database, by either source, before the first that"
              + " counts (default: ${DEFAULT-VALUE}); with fewer, planner and cluster are still being"
              + " compiled.")
  private int warmUp;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("tpch-" + scale);
    try (OrochiCluster cluster = OrochiCluster.start(folder)) {
      TpchTables.load(cluster.catalog(), "warm_up", WARM_UP_SCALE);
      TpchTables.load(cluster.catalog(), "tpch", scale);
      try (Connection kernel = session(cluster, "true");
          Connection iceberg = session(cluster, "false")) {
        warmUp(List.of(kernel, iceberg));
        BenchReport report =
            new BenchReport("flinkscan", MEASURES, List.of("kernel source", "iceberg source"));
        report.fact("scale", scale);
        report.fact("warm_up", warmUp);
        Race race = new Race(2, options.rounds());
        for (int number : queries) {
          String sql = TpchQueries.query(number);
          report.add(
              race.run(
                  "Q" + number,
                  List.of(
                      new Contestant("kernel source", () -> rows(kernel, sql)),
                      new Contestant("iceberg source", () -> rows(iceberg, sql))),
                  FlinkScanCommand::differences));
        }
        report.print(spec.commandLine().getOut());
        return 0;
      }
    }
  }

  private void warmUp(List<Connection> sessions) throws SQLException {
    for (Connection session : sessions) {
      Sql.run(session, "USE warm_up");
      for (int i = 0; i < warmUp; i++) {
        for (int number : queries) {
          rows(session, TpchQueries.query(number));
        }
      }
      Sql.run(session, "USE tpch");
    }
  }

  private static Connection session(OrochiCluster cluster, String kernelSource)
      throws SQLException {
    Connection session = cluster.flight();
    Sql.run(session, "SET 'orochi.execution.engine' = 'flink'");
    Sql.run(session, "SET '" + Settings.KERNEL_SOURCE.key() + "' = '" + kernelSource + "'");
    return session;
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
