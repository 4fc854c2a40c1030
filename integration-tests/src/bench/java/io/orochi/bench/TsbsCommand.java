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
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
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
  private static final CpuRows WARM_UP = new CpuRows(40, START, Duration.ofMinutes(1), 1_440, 2);

  @Mixin private BenchOptions options;
  @Spec private CommandSpec spec;

  @Option(
      names = "--hosts",
      defaultValue = "4000",
      description = "Hosts (default: ${DEFAULT-VALUE}).")
  private int hosts;

  @Option(names = "--days", defaultValue = "1", description = "Days (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--interval",
      defaultValue = "10",
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

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "40",
      description =
          "Queries of each kind on a small database before the first that counts (default:"
              + " ${DEFAULT-VALUE}); with fewer, the server is still being compiled.")
  private int warmUp;

  @Option(names = "--seed", description = "Repeats the parameters of a run (default: the time).")
  private long seed = System.nanoTime();

  @Override
  public Integer call() throws Exception {
    int steps = Math.toIntExact(Duration.ofDays(days).toSeconds() / interval);
    CpuRows rows = new CpuRows(hosts, START, Duration.ofSeconds(interval), steps, 1);
    Path folder =
        options.work().resolve("tsbs-%d-%d-%d-%d".formatted(hosts, days, interval, shards));
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER);
        DuckDbReference duckDb = new DuckDbReference();
        Connection session = cluster.flight()) {
      duckDb.execute("SET TimeZone = 'UTC'");
      duckDb.execute(
          "CREATE MACRO TO_TIMESTAMP_LTZ(millis, digits) AS make_timestamptz(millis * 1000)");
      Sql.run(session, "SET 'orochi.execution.engine' = 'kernel'");
      prepare(cluster, session, duckDb, new Data("warm_up", WARM_UP, folder));
      warmUp(session, duckDb);
      prepare(cluster, session, duckDb, new Data("tsbs", rows, folder));
      BenchReport report = new BenchReport("tsbs", MEASURES, List.of("orochi", "duckdb"));
      report.fact("first_read_ms", firstRead(session, duckDb));
      report.fact("rows", (long) hosts * steps);
      report.fact("hosts", hosts);
      report.fact("days", days);
      report.fact("interval_s", interval);
      report.fact("shards", shards);
      report.fact("seed", seed);
      report.fact("warm_up", warmUp);
      Race race = new Race(2, options.rounds());
      TsbsQueries queries = new TsbsQueries(rows, new Random(seed));
      for (TsbsQuery kind : queries.next()) {
        if (!names.isEmpty() && !names.contains(kind.name())) {
          continue;
        }
        report.add(
            race.run(
                kind.name(),
                () -> contestants(session, duckDb, "tsbs", queries.next(kind.name())),
                TsbsCommand::differences));
      }
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private static List<Contestant> contestants(
      Connection session, DuckDbReference duckDb, String database, TsbsQuery query) {
    String table = database + ".cpu";
    return List.of(
        new Contestant(
            "orochi",
            () -> {
              try (Statement statement = session.createStatement();
                  ResultSet result = statement.executeQuery(query.sql(table))) {
                return answer(query, result);
              }
            }),
        new Contestant(
            "duckdb", () -> duckDb.query(query.sql(table), result -> answer(query, result))));
  }

  private void warmUp(Connection session, DuckDbReference duckDb) throws Exception {
    TsbsQueries queries = new TsbsQueries(WARM_UP, new Random(seed));
    for (int i = 0; i < warmUp; i++) {
      for (TsbsQuery query : queries.next()) {
        for (Contestant each : contestants(session, duckDb, "warm_up", query)) {
          each.work().run();
        }
      }
    }
  }

  /** Opens every file, which compares its digest; milliseconds. */
  private static long firstRead(Connection session, DuckDbReference duckDb) throws SQLException {
    String sql = "SELECT MAX(usage_user * 2) FROM tsbs.cpu";
    long start = System.nanoTime();
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      DuckDbReference.rows(result);
    }
    long took = System.nanoTime() - start;
    duckDb.query(sql);
    return took / 1_000_000;
  }

  private record Data(String database, CpuRows rows, Path folder) {
    Path parquet() {
      return folder.resolve("parquet-" + database).resolve("cpu.parquet");
    }
  }

  private void prepare(
      OrochiCluster cluster, Connection session, DuckDbReference duckDb, Data data)
      throws Exception {
    String table = data.database() + ".cpu";
    Sql.run(session, "CREATE DATABASE IF NOT EXISTS " + data.database());
    if (!cluster.catalog().tableExists(TableIdentifier.of(data.database(), "cpu"))) {
      Sql.run(session, CpuTable.createStatement(table, shards));
    }
    Table loaded = cluster.table(data.database(), "cpu");
    if (loaded.currentSnapshot() == null) {
      CpuTable.fill(loaded, data.rows());
    }
    duckDb.execute("CREATE SCHEMA " + data.database());
    Path file = data.parquet();
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent());
      duckDb.view(data.database() + ".loaded", cluster.table(data.database(), "cpu"));
      duckDb.execute(
          "COPY (SELECT * FROM %s.loaded ORDER BY ts, hostname) TO '%s' (FORMAT parquet)"
              .formatted(data.database(), file));
    }
    duckDb.execute(
        "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/*.parquet')"
            .formatted(table, file.getParent()));
  }

  /** Whole rows, but of an answer that may have millions of them a number that tells them apart. */
  private static List<List<Object>> answer(TsbsQuery query, ResultSet result) throws SQLException {
    return query.shape() == TsbsQuery.Shape.HIGH
        ? List.of(digest(result))
        : DuckDbReference.rows(result);
  }

  private static List<Object> digest(ResultSet result) throws SQLException {
    int columns = result.getMetaData().getColumnCount();
    long rows = 0;
    long sum = 0;
    while (result.next()) {
      long row = 0;
      for (int column = 1; column <= columns; column++) {
        row = row * 1_000_003 + plain(result.getObject(column)).hashCode();
      }
      rows++;
      sum += row;
    }
    return List.of(rows, sum);
  }

  /** Some queries have no order, and the drivers have a type each for a time with a zone. */
  @SuppressWarnings("unchecked")
  private static List<String> differences(Object expected, Object actual) {
    return Rows.differences(
        plain((List<List<Object>>) expected), plain((List<List<Object>>) actual));
  }

  private static List<List<Object>> plain(List<List<Object>> rows) {
    Map<String, List<Object>> plain = new TreeMap<>();
    for (List<Object> row : rows) {
      List<Object> values = row.stream().map(TsbsCommand::plain).toList();
      plain.put(values.subList(0, 2).toString(), values);
    }
    return List.copyOf(plain.values());
  }

  private static Object plain(Object value) {
    if (value instanceof java.sql.Timestamp at) {
      return at.toInstant();
    }
    return value instanceof java.time.OffsetDateTime at ? at.toInstant() : value;
  }
}
