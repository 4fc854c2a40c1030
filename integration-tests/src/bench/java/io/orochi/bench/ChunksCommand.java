package io.orochi.bench;

import io.orochi.bench.Race.Contestant;
import io.orochi.cluster.OrochiCluster;
import io.orochi.cluster.Sql;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.iceberg.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Dropping many chunks at once. */
@Command(
    name = "chunks",
    mixinStandardHelpOptions = true,
    description = "CALL sys.drop_chunks of all chunks of a table.")
final class ChunksCommand implements Callable<Integer> {
  private static final String MEASURES =
      "CALL sys.drop_chunks over Flight SQL JDBC until the last row of its answer, one for each"
          + " chunk; a chunk has one file; the table is rolled back in between, which is not"
          + " counted; no yardstick";

  @Mixin private BenchOptions options;

  @Option(
      names = "--chunks",
      split = ",",
      defaultValue = "1000,10000",
      description = "Chunks of the tables, multiples of 100 (default: ${DEFAULT-VALUE}).")
  private List<Integer> chunks;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = options.work().resolve("chunks");
    try (OrochiCluster cluster = OrochiCluster.start(folder, BenchOptions.SERVER);
        Connection session = cluster.flight()) {
      BenchReport report = new BenchReport("chunks", MEASURES, List.of("orochi"));
      for (int count : chunks) {
        ManyChunks.ensure(cluster, session, count);
        long full = cluster.table("default", ManyChunks.name(count)).currentSnapshot().snapshotId();
        report.add(
            new Race(2, options.rounds())
                .run(
                    "drop " + count,
                    () -> {
                      rollBack(cluster, count, full);
                      return List.of(new Contestant("orochi", () -> drop(session, count)));
                    },
                    (first, other) -> List.of()));
        rollBack(cluster, count, full);
      }
      report.print(spec.commandLine().getOut());
      return 0;
    }
  }

  private static void rollBack(OrochiCluster cluster, int count, long full) {
    Table table = cluster.table("default", ManyChunks.name(count));
    if (table.currentSnapshot().snapshotId() != full) {
      table.manageSnapshots().rollbackTo(full).commit();
    }
  }

  private static int drop(Connection session, int count) throws Exception {
    String call =
        "CALL sys.drop_chunks(relation => '%s', older_than => '%s')"
            .formatted(
                ManyChunks.name(count), ManyChunks.text(ManyChunks.START.plusHours(count)));
    int dropped = Sql.rows(session, call).size();
    if (dropped != count) {
      throw new IllegalStateException(dropped + " chunks of " + count + " were dropped");
    }
    return dropped;
  }
}
