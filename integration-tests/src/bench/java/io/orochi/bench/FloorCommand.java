package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
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
        "SELECT 1, a prepared one-row query and one never seen before over Flight SQL, through JDBC"
            + " and without, against DuckDB in process.")
final class FloorCommand implements Callable<Integer> {
  private static final String MEASURES =
      "one statement from execute to the last row, over Flight SQL JDBC and over Arrow's own Flight"
          + " SQL client (flight), warm, against the same statement in a DuckDB of this process;"
          + " medians of --rounds times 100 statements";
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
        Connection orochi = cluster.flight();
        PlainFlight plain = new PlainFlight(cluster)) {
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
      BenchReport report =
          new BenchReport("floor", MEASURES, List.of("jdbc", "flight", "duckdb"));
      report.fact("warm_up", warmUp);
      report.fact("statements", options.rounds() * STATEMENTS_PER_ROUND);
      Race race = new Race(warmUp, options.rounds() * STATEMENTS_PER_ROUND);
      report.add(race.run("SELECT 1", selectOne(orochi, plain, duckDb), FloorCommand::differences));
      String small = "SELECT v FROM small WHERE k = ?";
      try (PreparedStatement jdbc = orochi.prepareStatement(small);
          PlainFlight.Prepared flight = plain.prepare(small)) {
        report.add(race.run("prepared", prepared(jdbc, flight, duckDb), FloorCommand::differences));
      }
      String thousand = "SELECT v FROM thousand WHERE k = ?";
      try (PreparedStatement jdbc = orochi.prepareStatement(thousand);
          PlainFlight.Prepared flight = plain.prepare(thousand)) {
        report.add(
            race.run(
                "prepared, other values",
                others(jdbc, flight, duckDb),
                FloorCommand::differences));
      }
      report.add(
          race.run("new statement", unseen(orochi, plain, duckDb), FloorCommand::differences));
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private static List<Contestant> selectOne(
      Connection orochi, PlainFlight plain, DuckDbReference duckDb) {
    return List.of(
        new Contestant(
            "jdbc",
            () -> {
              try (Statement statement = orochi.createStatement();
                  ResultSet result = statement.executeQuery("SELECT 1")) {
                return DuckDbReference.rows(result);
              }
            }),
        new Contestant("flight", () -> plain.query("SELECT 1")),
        new Contestant("duckdb", () -> duckDb.query("SELECT 1")));
  }

  private static List<Contestant> prepared(
      PreparedStatement jdbc, PlainFlight.Prepared flight, DuckDbReference duckDb) {
    return List.of(
        new Contestant("jdbc", () -> rows(jdbc, 2)),
        new Contestant("flight", () -> flight.query(2)),
        new Contestant("duckdb", () -> duckDb.query("SELECT v FROM small WHERE k = 2")));
  }

  /**
   * After the first answers, which are compared, no value comes back before hundreds of others were
   * bound, so that no plan of a value is known.
   */
  private static List<Contestant> others(
      PreparedStatement jdbc, PlainFlight.Prepared flight, DuckDbReference duckDb) {
    IntSupplier first = values(0);
    IntSupplier second = values(ROWS / 2);
    IntSupplier third = values(0);
    return List.of(
        new Contestant("jdbc", () -> rows(jdbc, first.getAsInt())),
        new Contestant("flight", () -> flight.query(second.getAsInt())),
        new Contestant(
            "duckdb",
            () -> duckDb.query("SELECT v FROM thousand WHERE k = " + third.getAsInt())));
  }

  /** Each names its column in another way, so that no session has seen one like it. */
  private static List<Contestant> unseen(
      Connection orochi, PlainFlight plain, DuckDbReference duckDb) {
    AtomicInteger given = new AtomicInteger();
    Supplier<String> next =
        () -> "SELECT v AS name_" + given.getAndIncrement() + " FROM thousand WHERE k = 7";
    return List.of(
        new Contestant(
            "jdbc",
            () -> {
              try (Statement statement = orochi.createStatement();
                  ResultSet result = statement.executeQuery(next.get())) {
                return DuckDbReference.rows(result);
              }
            }),
        new Contestant("flight", () -> plain.query(next.get())),
        new Contestant("duckdb", () -> duckDb.query(next.get())));
  }

  private static IntSupplier values(int from) {
    AtomicInteger given = new AtomicInteger();
    return () -> {
      int number = given.getAndIncrement();
      return number == 0 ? 0 : (from + number) % ROWS;
    };
  }

  private static List<List<Object>> rows(PreparedStatement statement, int bound)
      throws SQLException {
    statement.setInt(1, bound);
    try (ResultSet result = statement.executeQuery()) {
      return DuckDbReference.rows(result);
    }
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
