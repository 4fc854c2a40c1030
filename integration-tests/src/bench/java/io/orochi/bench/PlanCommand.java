package io.orochi.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What planning costs as a table grows. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Parse, validate, write the kernel's SQL and choose files, by number of files.")
final class PlanCommand implements Callable<Integer> {
  private static final String MEASURES =
      "the stages parse, plan and prune that EXPLAIN ANALYZE tells of a query for one host in one"
          + " hour, each time another one, so that no plan is kept; warm, first after a commit, and"
          + " first after the server's start (its Java code being warm)";
  private static final List<String> STAGES = List.of("parse", "plan", "prune");

  @Mixin private BenchOptions options;

  @Option(
      names = "--files",
      split = ",",
      description = "Files of the tables, multiples of 100 (default: 100,1000,10000).")
  private List<Integer> sizes = List.of(100, 1_000, 10_000);

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Queries before the first that counts (default: ${DEFAULT-VALUE}).")
  private int warmUp;

  @Spec private CommandSpec spec;
  private final Random random = new Random(7);
  private final ObjectMapper json = new ObjectMapper();

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("chunks");
    BenchReport report =
        new BenchReport("plan", MEASURES, List.of("warm", "after commit", "after start"));
    report.fact("warm_up", warmUp);
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER)) {
      for (int files : sizes) {
        try (Connection session = cluster.flight()) {
          ManyChunks.ensure(cluster, session, files);
          Sql.run(session, "CREATE TABLE IF NOT EXISTS small (k INT)");
        }
      }
      for (int files : sizes) {
        report.add(measure(cluster, files, report));
      }
    }
    report.print(spec.commandLine().getOut());
    return 0;
  }

  private Race.Result measure(OrochiCluster cluster, int files, BenchReport report)
      throws Exception {
    List<Map<String, Double>> warm = new ArrayList<>();
    List<Map<String, Double>> committed = new ArrayList<>();
    try (Connection session = cluster.flight()) {
      for (int i = 0; i < warmUp; i++) {
        stages(session, files);
      }
      for (int i = 0; i < options.rounds() * 20; i++) {
        warm.add(stages(session, files));
      }
      for (int i = 0; i < options.rounds(); i++) {
        touch(session, files);
        committed.add(stages(session, files));
      }
      untouch(session, files);
    }
    List<Map<String, Double>> started = new ArrayList<>();
    for (int i = 0; i < options.rounds(); i++) {
      cluster.restart();
      try (Connection session = cluster.flight()) {
        explained(session, "SELECT k FROM small");
        started.add(stages(session, files));
      }
    }
    report.fact(files + " files, warm", medians(warm));
    report.fact(files + " files, after a commit", medians(committed));
    report.fact(files + " files, after start", medians(started));
    return new Race.Result(
        files + " files", List.of(total(warm), total(committed), total(started)));
  }

  /** A commit that changes nothing the query reads. */
  private void touch(Connection session, int files) throws Exception {
    String name = ManyChunks.name(files);
    String hour = ManyChunks.text(ManyChunks.START.minusHours(1));
    Sql.run(
        session,
        "INSERT INTO " + name + " VALUES (TIMESTAMP '" + hour + "', 'none', 0.0, 0.0, 0.0)");
  }

  /** Other benchmarks, and the next run, find the table as it was made. */
  private static void untouch(Connection session, int files) throws Exception {
    String start = ManyChunks.text(ManyChunks.START);
    Sql.run(
        session,
        "DELETE FROM " + ManyChunks.name(files) + " WHERE ts < TIMESTAMP '" + start + "'");
  }

  private Map<String, Double> stages(Connection session, int files) throws Exception {
    JsonNode explained = explained(session, ManyChunks.pointQuery(files, random));
    JsonNode read = explained.get("tables").get(0).get("files").get("read");
    if (read.asInt() != 1 || explained.get("actual").get("rows").asInt() == 0) {
      throw new IllegalStateException("Not the one file: " + explained);
    }
    Map<String, Double> millis = new TreeMap<>();
    STAGES.forEach(
        stage ->
            millis.put(stage, explained.get("actual").get("stages_ms").get(stage).asDouble()));
    return millis;
  }

  private JsonNode explained(Connection session, String sql) throws Exception {
    try (Statement statement = session.createStatement();
        ResultSet result = statement.executeQuery("EXPLAIN (ANALYZE, FORMAT JSON) " + sql)) {
      result.next();
      return json.readTree(result.getString(1));
    }
  }

  private static double total(List<Map<String, Double>> runs) {
    return Race.median(
        runs.stream()
            .mapToDouble(run -> run.values().stream().mapToDouble(Double::doubleValue).sum())
            .toArray());
  }

  private static Map<String, Double> medians(List<Map<String, Double>> runs) {
    Map<String, Double> medians = new TreeMap<>();
    STAGES.forEach(
        stage ->
            medians.put(
                stage, Race.median(runs.stream().mapToDouble(run -> run.get(stage)).toArray())));
    return medians;
  }
}
