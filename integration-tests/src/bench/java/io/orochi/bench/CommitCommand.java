package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a commit costs, from the bare pointer to a row over JDBC. */
@Command(
    name = "commit",
    mixinStandardHelpOptions = true,
    description = "Commits to one table, to many and of many, and INSERTs over Flight SQL JDBC.")
final class CommitCommand implements Callable<Integer> {
  private static final String MEASURES =
      "one commit, warm, of files that exist in metadata only, against Iceberg's JdbcCatalog on"
          + " SQLite without sync of files; INSERTs over Flight SQL JDBC against a Parquet file"
          + " written and committed with it in this process; medians";
  private static final int TABLES = 16;
  private static final int OF_A_TRANSACTION = 4;
  private static final int ROWS = 200;

  @Mixin private BenchOptions options;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("commit-" + UUID.randomUUID());
    BenchReport report = new BenchReport("commit", MEASURES, List.of("orochi", "iceberg"));
    report.fact("commits_per_round", 1);
    try (OrochiCluster cluster = OrochiCluster.start(folder);
        CommitSide.OfOrochi orochi = new CommitSide.OfOrochi(cluster, TABLES);
        CommitSide.OfIceberg iceberg = new CommitSide.OfIceberg(folder, TABLES);
        Connection session = cluster.flight()) {
      Race quick = new Race(20, options.rounds() * 10);
      report.add(race(quick, "one table", () -> orochi.commit(0), () -> iceberg.commit(0)));
      report.add(race(quick, TABLES + " tables in turn", orochi::commitNext, iceberg::commitNext));
      report.add(
          race(
              quick,
              OF_A_TRANSACTION + " tables at once",
              () -> orochi.commitAtOnce(OF_A_TRANSACTION, Duration.ofSeconds(10)),
              () -> iceberg.commitOneByOne(OF_A_TRANSACTION)));
      inserts(report, quick, session, iceberg);
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private void inserts(
      BenchReport report, Race quick, Connection session, CommitSide.OfIceberg iceberg)
      throws Exception {
    Sql.run(session, "CREATE TABLE rows_of_one (id INT)");
    Sql.run(session, "CREATE TABLE rows_of_many (id INT)");
    try (PreparedStatement one = session.prepareStatement("INSERT INTO rows_of_one VALUES (?)");
        PreparedStatement many = session.prepareStatement("INSERT INTO rows_of_many VALUES (?)")) {
      report.add(race(quick, "INSERT of a row", () -> insert(one), () -> iceberg.insert(1)));
      Race slow = new Race(1, Math.max(3, options.rounds()));
      report.add(
          race(
              slow,
              ROWS + " INSERTs, COMMIT",
              () -> transaction(session, many),
              () -> iceberg.insert(ROWS)));
      report.add(
          race(slow, ROWS + " INSERTs, batch", () -> batch(many), () -> iceberg.insert(ROWS)));
    }
  }

  private static void insert(PreparedStatement statement) throws SQLException {
    statement.setInt(1, 1);
    statement.executeUpdate();
  }

  private static void transaction(Connection session, PreparedStatement statement)
      throws SQLException {
    Sql.run(session, "BEGIN");
    for (int row = 0; row < ROWS; row++) {
      statement.setInt(1, row);
      statement.executeUpdate();
    }
    Sql.run(session, "COMMIT");
  }

  private static void batch(PreparedStatement statement) throws SQLException {
    for (int row = 0; row < ROWS; row++) {
      statement.setInt(1, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  /** Work without an answer; what was committed is counted by {@link CommitSide}. */
  private interface Step {
    void run() throws Exception;
  }

  private static Race.Result race(Race race, String what, Step orochi, Step iceberg)
      throws Exception {
    return race.run(
        what,
        List.of(
            new Contestant("orochi", () -> done(orochi)),
            new Contestant("iceberg", () -> done(iceberg))),
        (expected, actual) -> List.of());
  }

  private static Object done(Step step) throws Exception {
    step.run();
    return true;
  }
}
