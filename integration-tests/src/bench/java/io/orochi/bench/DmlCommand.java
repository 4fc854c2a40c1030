package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.bench.Race.Result;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import io.orochi.tpch.BulkLoad;
import io.orochi.tpch.DuckDbReference;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a change of a big table costs. */
@Command(
    name = "dml",
    mixinStandardHelpOptions = true,
    description = "DELETE, UPDATE and MERGE on a big table, against DuckDB finding the same rows.")
final class DmlCommand implements Callable<Integer> {
  private static final String MEASURES =
      "changes over Flight SQL JDBC, each a commit of deletion vectors and new files, against plain"
          + " DuckDB in this process finding the same rows in the files as they were loaded and"
          + " keeping them in memory; the second MERGE is against the same join as a SELECT of Orochi"
          + " on the table as it is then; medians";
  private static final int FILES = 20;
  private static final int PARTS = 100;

  @Mixin private BenchOptions options;

  @Option(names = "--rows", defaultValue = "10000000", description = "Default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--merged",
      defaultValue = "100000",
      description = "Rows of the source of MERGE, half of them new (default: ${DEFAULT-VALUE}).")
  private long merged;

  @Spec private CommandSpec spec;

  private int part;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("dml-" + UUID.randomUUID());
    BenchReport report = new BenchReport("dml", MEASURES, List.of("orochi", "duckdb"));
    report.fact("rows", rows);
    report.fact("files", FILES);
    report.fact("merged_rows", merged);
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER);
        DuckDbReference duckDb = new DuckDbReference();
        Connection session = cluster.flight()) {
      load(cluster, session, duckDb);
      Race race = new Race(1, options.rounds());
      merges(race, report, session, duckDb);
      files(report, "merge", cluster);
      ranges(race, report, cluster, session, duckDb);
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private void merges(
      Race race, BenchReport report, Connection session, DuckDbReference duckDb) throws Exception {
    report.add(
        against(
            race,
            "MERGE",
            () -> changed(session, merge(source(++part))),
            () -> found(duckDb, join(source(part)))));
    report.add(
        against(
            race,
            "MERGE, a SELECT's join",
            () -> changed(session, merge(source(++part))),
            () -> Sql.rows(session, "SELECT COUNT(*), SUM(sv), MAX(note) FROM ("
                + join(source(part)) + ")")));
  }

  /** Each round takes the next hundredth of the rows. */
  private void ranges(
      Race race,
      BenchReport report,
      OrochiCluster cluster,
      Connection session,
      DuckDbReference duckDb)
      throws Exception {
    long size = rows / PARTS;
    report.add(
        against(
            race,
            "DELETE of 1 %, a range",
            () -> changed(session, "DELETE FROM facts WHERE " + range(part++, size)),
            () -> found(duckDb, "SELECT id FROM facts WHERE " + range(part, size))));
    files(report, "delete_range", cluster);
    report.add(
        against(
            race,
            "UPDATE of 1 %, a range",
            () -> changed(session, "UPDATE facts SET v = v + 1 WHERE " + range(part++, size)),
            () -> found(duckDb, "SELECT *, v + 1 FROM facts WHERE " + range(part, size))));
    files(report, "update_range", cluster);
    report.add(
        against(
            race,
            "DELETE of 1 %, all over",
            () -> changed(session, "DELETE FROM facts WHERE host = " + part++),
            () -> found(duckDb, "SELECT id FROM facts WHERE host = " + part)));
    files(report, "delete_scattered", cluster);
  }

  private static Result against(Race race, String what, Race.Work orochi, Race.Work duckDb)
      throws Exception {
    return race.run(
        what,
        List.of(new Contestant("orochi", orochi), new Contestant("duckdb", duckDb)),
        (expected, actual) -> List.of());
  }

  /** How many files the last commit touched. */
  private static void files(BenchReport report, String what, OrochiCluster cluster) {
    Map<String, String> summary = cluster.table("dml", "facts").currentSnapshot().summary();
    report.fact(
        what + "_files_touched",
        number(summary, "added-delete-files") + number(summary, "deleted-data-files"));
    report.fact(what + "_files_added", number(summary, "added-data-files"));
  }

  private static long number(Map<String, String> summary, String key) {
    return Long.parseLong(summary.getOrDefault(key, "0"));
  }

  private static String range(int part, long size) {
    return "id >= " + part * size + " AND id < " + (part + 1) * size;
  }

  /** Other rows of the table each time. */
  private static String source(int shift) {
    return "(SELECT id + " + shift + " AS id, host, v, note FROM changes) AS s";
  }

  private static String merge(String source) {
    return "MERGE INTO facts t USING "
        + source
        + " ON t.id = s.id"
        + " WHEN MATCHED THEN UPDATE SET v = s.v"
        + " WHEN NOT MATCHED THEN INSERT (id, host, v, note) VALUES (s.id, s.host, s.v, s.note)";
  }

  private static String join(String source) {
    return "SELECT t.*, s.id AS sid, s.host AS shost, s.v AS sv, s.note AS snote FROM "
        + source
        + " LEFT JOIN facts t ON t.id = s.id";
  }

  private static Object found(DuckDbReference duckDb, String query) throws SQLException {
    duckDb.execute("CREATE OR REPLACE TEMP TABLE found AS " + query);
    return true;
  }

  private static Object changed(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      return statement.executeLargeUpdate(sql);
    }
  }

  private void load(OrochiCluster cluster, Connection session, DuckDbReference duckDb)
      throws Exception {
    Sql.run(session, "CREATE DATABASE dml");
    Sql.run(session, "USE dml");
    for (String name : List.of("facts", "changes")) {
      Sql.run(
          session,
          "CREATE TABLE "
              + name
              + " (id BIGINT, host INT, v DOUBLE, note STRING) WITH ('format-version' = '3')");
    }
    BulkLoad facts = new BulkLoad(cluster.table("dml", "facts"));
    for (int file = 0; file < FILES; file++) {
      write(facts, cluster.table("dml", "facts"), file * rows / FILES, 1, rows / FILES);
    }
    facts.commit();
    BulkLoad changes = new BulkLoad(cluster.table("dml", "changes"));
    write(changes, cluster.table("dml", "changes"), rows / 2, rows / merged, merged);
    changes.commit();
    duckDb.view("facts", cluster.table("dml", "facts"));
    duckDb.view("changes", cluster.table("dml", "changes"));
  }

  private static void write(BulkLoad load, Table table, long first, long step, long count)
      throws IOException {
    GenericRecord record = GenericRecord.create(table.schema());
    load.writeFile(
        new Iterator<GenericRecord>() {
          private long next;

          @Override
          public boolean hasNext() {
            return next < count;
          }

          @Override
          public GenericRecord next() {
            long id = first + next++ * step;
            record.set(0, id);
            record.set(1, (int) Math.floorMod(id * 2_654_435_761L >>> 16, (long) PARTS));
            record.set(2, id * 0.5);
            record.set(3, "note " + id % 1_000);
            return record;
          }
        });
  }
}
