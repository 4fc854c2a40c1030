package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import io.orochi.tpch.Rows;
import io.orochi.tsbs.CpuRows;
import io.orochi.tsbs.CpuTable;
import io.orochi.tsbs.TsbsQueries;
import io.orochi.tsbs.TsbsQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.iceberg.catalog.Namespace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** TSBS's devops queries through the gateway, against DuckDB on a folder of the same rows. */
@Command(
    name = "tsbs",
    mixinStandardHelpOptions = true,
    description = "TSBS cpu-only queries over Flight SQL, against DuckDB on the same rows.")
final class TsbsCommand implements Callable<Integer> {
  private static final String MEASURES =
      "TSBS devops queries over Flight SQL JDBC, whole answer fetched, against a plain DuckDB on a"
          + " folder with one Parquet file of the same rows in the order of time; fresh random hosts"
          + " and times in each round, the same for both, and answers compared in each; warm, server"
          + " and yardstick in one process, no load time";
  private static final Instant START = Instant.parse("2016-01-01T00:00:00Z");

  @Mixin private BenchOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--hosts",
      defaultValue = "4000",
      description = "Hosts (default: ${DEFAULT-VALUE}).")
  private int hosts;

  @Option(names = "--days", defaultValue = "3", description = "Days (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--interval",
      defaultValue = "60",
      description = "Seconds between rows of a host (default: ${DEFAULT-VALUE}).")
  private int interval;

  @Option(
      names = "--shards",
      defaultValue = "16",
      description = "Shards (default: ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = "--queries",
      split = ",",
      description = "Names such as lastpoint,high-cpu-1 (default: all 15).")
  private List<String> names = List.of();

  @Option(names = "--seed", description = "Repeats the parameters of a run (default: the time).")
  private long seed = System.nanoTime();

  @Override
  public Integer call() throws Exception {
    int steps = Math.toIntExact(Duration.ofDays(days).toSeconds() / interval);
    CpuRows rows = new CpuRows(hosts, START, Duration.ofSeconds(interval), steps, 1);
    Path folder =
        options.work().resolve("tsbs-%d-%d-%d-%d".formatted(hosts, days, interval, shards));
    try (OrochiCluster cluster = OrochiCluster.start(folder);
        DuckDbReference duckDb = new DuckDbReference();
        Connection session = cluster.flight()) {
      prepare(cluster, session, duckDb, rows, folder.resolve("parquet"));
      Sql.run(session, "SET 'orochi.execution.engine' = 'kernel'");
      BenchReport report = new BenchReport("tsbs", MEASURES, List.of("orochi", "duckdb"));
      report.fact("rows", (long) hosts * steps);
      report.fact("hosts", hosts);
      report.fact("days", days);
      report.fact("shards", shards);
      report.fact("seed", seed);
      Race race = new Race(2, options.rounds());
      TsbsQueries queries = new TsbsQueries(rows, new Random(seed));
      for (TsbsQuery kind : queries.next()) {
        if (!names.isEmpty() && !names.contains(kind.name())) {
          continue;
        }
        report.add(
            race.run(
                kind.name(),
                () -> contestants(session, duckDb, queries.next(kind.name())),
                TsbsCommand::differences));
      }
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private static List<Contestant> contestants(
      Connection session, DuckDbReference duckDb, TsbsQuery query) {
    return List.of(
        new Contestant("orochi", () -> rows(session, query.sql("tsbs.cpu"))),
        new Contestant("duckdb", () -> duckDb.query(query.sql("cpu"))));
  }

  private void prepare(
      OrochiCluster cluster, Connection session, DuckDbReference duckDb, CpuRows rows, Path parquet)
      throws Exception {
    if (!cluster.catalog().namespaceExists(Namespace.of("tsbs"))) {
      Sql.run(session, "CREATE DATABASE tsbs");
      Sql.run(session, CpuTable.createStatement("tsbs.cpu", shards));
      CpuTable.fill(cluster.table("tsbs", "cpu"), rows);
    }
    Path file = parquet.resolve("cpu.parquet");
    if (!Files.exists(file)) {
      Files.createDirectories(parquet);
      duckDb.view("loaded", cluster.table("tsbs", "cpu"));
      duckDb.execute(
          "COPY (SELECT * FROM loaded ORDER BY ts, hostname) TO '" + file + "' (FORMAT parquet)");
    }
    duckDb.execute("SET TimeZone = 'UTC'");
    duckDb.execute(
        "CREATE MACRO TO_TIMESTAMP_LTZ(millis, digits) AS make_timestamptz(millis * 1000)");
    duckDb.execute("CREATE VIEW cpu AS SELECT * FROM read_parquet('" + parquet + "/*.parquet')");
  }

  private static List<List<Object>> rows(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return DuckDbReference.rows(result);
    }
  }

  /** Some queries have no order, and the drivers have a type each for a time with a zone. */
  @SuppressWarnings("unchecked")
  private static List<String> differences(Object expected, Object actual) {
    return Rows.differences(
        plain((List<List<Object>>) expected), plain((List<List<Object>>) actual));
  }

  private static List<List<Object>> plain(List<List<Object>> rows) {
    List<List<Object>> plain = new ArrayList<>();
    for (List<Object> row : rows) {
      plain.add(row.stream().map(TsbsCommand::plain).toList());
    }
    plain.sort(Comparator.comparing(row -> row.subList(0, 2).toString()));
    return plain;
  }

  private static Object plain(Object value) {
    if (value instanceof java.sql.Timestamp at) {
      return at.toInstant();
    }
    return value instanceof java.time.OffsetDateTime at ? at.toInstant() : value;
  }
}
