package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.TableIdentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the smallest statements cost. */
@Command(
    name = "floor",
    mixinStandardHelpOptions = true,
    description =
        "SELECT 1 and a prepared one-row query over Flight SQL, against DuckDB in process.")
final class FloorCommand implements Callable<Integer> {
  private static final String MEASURES =
      "one statement from execute to the last row over Flight SQL JDBC, warm, against the same"
          + " statement in a DuckDB of this process; medians of --rounds times 100 statements";
  private static final int STATEMENTS_PER_ROUND = 100;
  private static final int ROWS = 1_000;

  @Mixin private BenchOptions options;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "3000",
      description =
          "Statements of each kind before the first that counts (default: ${DEFAULT-VALUE}); with"
              + " fewer, most of the time is the compiler's.")
  private int warmUp;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("floor");
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER);
        DuckDbReference duckDb = new DuckDbReference();
        Connection orochi = cluster.flight()) {
      if (!cluster.catalog().tableExists(TableIdentifier.of("default", "small"))) {
        Sql.run(orochi, "CREATE TABLE small (k INT, v DOUBLE)");
        Sql.run(orochi, "INSERT INTO small VALUES (1, 1.5), (2, 2.5), (3, 3.5)");
      }
      if (!cluster.catalog().tableExists(TableIdentifier.of("default", "thousand"))) {
        Sql.run(orochi, "CREATE TABLE thousand (k INT, v DOUBLE)");
        Sql.run(orochi, "INSERT INTO thousand VALUES " + thousandRows());
      }
      duckDb.view("small", cluster.table("default", "small"));
      duckDb.view("thousand", cluster.table("default", "thousand"));
      BenchReport report = new BenchReport("floor", MEASURES, List.of("orochi", "duckdb"));
      report.fact("warm_up", warmUp);
      report.fact("statements", options.rounds() * STATEMENTS_PER_ROUND);
      Race race = new Race(warmUp, options.rounds() * STATEMENTS_PER_ROUND);
      report.add(race.run("SELECT 1", selectOne(orochi, duckDb), FloorCommand::differences));
      try (PreparedStatement prepared =
          orochi.prepareStatement("SELECT v FROM small WHERE k = ?")) {
        report.add(race.run("prepared", prepared(prepared, duckDb), FloorCommand::differences));
      }
      try (PreparedStatement prepared =
          orochi.prepareStatement("SELECT v FROM thousand WHERE k = ?")) {
        report.add(
            race.run("prepared, other values", others(prepared, duckDb), FloorCommand::differences));
      }
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private static List<Contestant> selectOne(Connection orochi, DuckDbReference duckDb) {
    return List.of(
        new Contestant(
            "orochi",
            () -> {
              try (Statement statement = orochi.createStatement();
                  ResultSet result = statement.executeQuery("SELECT 1")) {
                return DuckDbReference.rows(result);
              }
            }),
        new Contestant("duckdb", () -> duckDb.query("SELECT 1")));
  }

  private static List<Contestant> prepared(PreparedStatement statement, DuckDbReference duckDb) {
    return List.of(
        new Contestant(
            "orochi",
            () -> {
              statement.setInt(1, 2);
              try (ResultSet result = statement.executeQuery()) {
                return DuckDbReference.rows(result);
              }
            }),
        new Contestant("duckdb", () -> duckDb.query("SELECT v FROM small WHERE k = 2")));
  }

  /** No value comes back before all others were bound, so that no plan of a value is known. */
  private static List<Contestant> others(PreparedStatement statement, DuckDbReference duckDb) {
    AtomicInteger ours = new AtomicInteger();
    AtomicInteger theirs = new AtomicInteger();
    return List.of(
        new Contestant(
            "orochi",
            () -> {
              statement.setInt(1, ours.getAndIncrement() % ROWS);
              try (ResultSet result = statement.executeQuery()) {
                return DuckDbReference.rows(result);
              }
            }),
        new Contestant(
            "duckdb",
            () ->
                duckDb.query(
                    "SELECT v FROM thousand WHERE k = " + theirs.getAndIncrement() % ROWS)));
  }

  private static String thousandRows() {
    return IntStream.range(0, ROWS)
        .mapToObj(k -> "(" + k + ", " + k + ".5)")
        .collect(Collectors.joining(", "));
  }

  private static List<String> differences(Object expected, Object actual) {
    return expected.toString().equals(actual.toString())
        ? List.of()
        : List.of(expected + " is not " + actual);
  }
}
