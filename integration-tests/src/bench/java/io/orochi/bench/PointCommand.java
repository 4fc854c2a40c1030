package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.DuckDbReference;
import io.orochi.tpch.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One host in one hour of a table of many chunks. */
@Command(
    name = "point",
    mixinStandardHelpOptions = true,
    description = "One host in one hour of many chunks, against the same with pruning off.")
final class PointCommand implements Callable<Integer> {
  private static final String MEASURES =
      "one query from execute to the last row over Flight SQL JDBC, and over Arrow's own Flight SQL"
          + " client, each with another host and hour, so that neither its plan nor its answer is kept;"
          + " warm; the chunks are real but small: "
          + ManyChunks.HOSTS * ManyChunks.ROWS_PER_HOST
          + " rows in one file each";
  private static final int STATEMENTS_PER_ROUND = 20;

  @Mixin private BenchOptions options;

  @Option(
      names = "--chunks",
      defaultValue = "10000",
      description = "Chunks of the table, a multiple of 100 (default: ${DEFAULT-VALUE}).")
  private int chunks;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Queries before the first that counts (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("chunks");
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER);
        Connection orochi = cluster.flight();
        PlainFlight plain = new PlainFlight(cluster);
        Connection unpruned = cluster.flight()) {
      ManyChunks.ensure(cluster, orochi, chunks);
      Sql.run(unpruned, "SET 'orochi.execution.pruning' = 'off'");
      BenchReport report = new BenchReport("point", MEASURES, List.of("orochi", "unpruned"));
      report.fact("chunks", chunks);
      report.fact("warm_up", warmUp);
      Random warm = new Random(1);
      for (int i = 0; i < warmUp; i++) {
        rows(orochi, ManyChunks.pointQuery(chunks, warm));
      }
      Random first = new Random(2);
      Random second = new Random(2);
      report.add(
          new Race(1, options.rounds())
              .run(
                  "against unpruned",
                  List.of(
                      new Contestant(
                          "orochi", () -> rows(orochi, ManyChunks.pointQuery(chunks, first))),
                      new Contestant(
                          "unpruned", () -> rows(unpruned, ManyChunks.pointQuery(chunks, second)))),
                  PointCommand::differences));
      alone(report, orochi, plain);
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  /** Without the other contestant, whose thousands of files empty every cache there is. */
  private void alone(BenchReport report, Connection orochi, PlainFlight plain) throws Exception {
    int statements = options.rounds() * STATEMENTS_PER_ROUND;
    report.fact("statements", statements);
    Random literal = new Random(3);
    Random bound = new Random(3);
    String sql =
        "SELECT ts, usage_user, usage_system FROM "
            + ManyChunks.name(chunks)
            + " WHERE host = ? AND ts >= ? AND ts < ?";
    try (PreparedStatement prepared = orochi.prepareStatement(sql);
        PlainFlight.Prepared flight = plain.prepare(sql)) {
      Race race = new Race(warmUp / 2, statements);
      report.add(
          race.run(
              "literals, prepared",
              List.of(
                  new Contestant(
                      "literals", () -> rows(orochi, ManyChunks.pointQuery(chunks, literal))),
                  new Contestant("prepared", () -> rows(prepared, bound))),
              PointCommand::differences));
      Random plainLiteral = new Random(4);
      Random plainBound = new Random(4);
      report.add(
          race.run(
              "the same over Arrow's client",
              List.of(
                  new Contestant(
                      "literals", () -> plain.query(ManyChunks.pointQuery(chunks, plainLiteral))),
                  new Contestant("prepared", () -> rows(flight, plainBound))),
              PointCommand::differences));
    }
  }

  private List<List<Object>> rows(PlainFlight.Prepared prepared, Random random) throws Exception {
    LocalDateTime hour = ManyChunks.START.plusHours(random.nextInt(chunks));
    String host = "host_" + random.nextInt(ManyChunks.HOSTS);
    return prepared.query(host, hour, hour.plusHours(1));
  }

  private List<List<Object>> rows(PreparedStatement prepared, Random random) throws SQLException {
    LocalDateTime hour = ManyChunks.START.plusHours(random.nextInt(chunks));
    prepared.setString(1, "host_" + random.nextInt(ManyChunks.HOSTS));
    prepared.setTimestamp(2, Timestamp.valueOf(hour));
    prepared.setTimestamp(3, Timestamp.valueOf(hour.plusHours(1)));
    try (ResultSet result = prepared.executeQuery()) {
      return DuckDbReference.rows(result);
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
    return ((List<?>) actual).size() == ManyChunks.ROWS_PER_HOST
        ? Rows.differences((List<List<Object>>) expected, (List<List<Object>>) actual)
        : List.of(((List<?>) actual).size() + " rows");
  }
}
