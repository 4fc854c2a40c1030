package io.orochi.catalog.flink.procedure.layout;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.hypertable.LayoutEvolution;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.TableLayout;
import java.time.Clock;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.merge_chunks}. */
public final class MergeChunks implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "merge_chunks",
          "Merges each run of chunks into one of a longer interval, and brings their rows together in fewer files.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required(
                  "chunk_interval", "STRING", "The new length: a multiple of the present one."),
              ProcedureArgument.optional(
                  "dry_run",
                  "BOOLEAN",
                  "True changes nothing and tells what would move; false if absent.")),
          "CALL sys.merge_chunks('metrics.cpu', '1 month')",
          support -> new MergeChunks(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  MergeChunks(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "chunk_interval", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint(Moves.COLUMNS))
  public Row[] call(
      ProcedureContext context, String relation, String chunkInterval, Boolean dryRun) {
    Table table = support.table(relation);
    TableLayout now = support.layout(table, relation);
    ChunkInterval wanted = ChunkInterval.parse(Arguments.require("chunk_interval", chunkInterval));
    requireMultiple(relation, now.chunkInterval(), wanted);
    if (Boolean.TRUE.equals(dryRun)) {
      return Moves.plan(relation, table, wanted.toString());
    }
    new LayoutEvolution(table)
        .become(new TableLayout(now.timeColumn(), wanted, now.distribution(), now.orderBy()));
    return Moves.run(relation, table, clock);
  }

  private static void requireMultiple(String relation, ChunkInterval now, ChunkInterval wanted) {
    boolean multiple =
        wanted.unit() == now.unit()
            ? wanted.count() % now.count() == 0
            : wanted.unit().compareTo(now.unit()) > 0 && now.count() == 1;
    if (!multiple) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot merge chunks of " + relation + " into chunks of " + wanted)
          .withDetail("Its chunks of " + now + " do not fill them.")
          .withHint("Choose a multiple, or CALL sys.set_chunk_interval(…, migrate_data => true).");
    }
  }
}
