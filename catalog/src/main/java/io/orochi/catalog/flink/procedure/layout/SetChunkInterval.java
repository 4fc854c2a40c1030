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

/** {@code sys.set_chunk_interval}. */
public final class SetChunkInterval implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "set_chunk_interval",
          "Changes the length of a hypertable's chunks. Longer ones cost nothing; for shorter ones rows may have to move.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required("chunk_interval", "STRING", "The new length."),
              ProcedureArgument.optional(
                  "migrate_data",
                  "BOOLEAN",
                  "True moves rows where the new chunks cut files; false, if absent, refuses then."),
              ProcedureArgument.optional(
                  "dry_run",
                  "BOOLEAN",
                  "True changes nothing and tells what would move; false if absent.")),
          "CALL sys.set_chunk_interval('metrics.cpu', INTERVAL '7' DAY)",
          support -> new SetChunkInterval(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  SetChunkInterval(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "chunk_interval", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "migrate_data", type = @DataTypeHint("BOOLEAN"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint(Moves.COLUMNS))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String chunkInterval,
      Boolean migrateData,
      Boolean dryRun) {
    Table table = support.table(relation);
    TableLayout now = support.layout(table, relation);
    ChunkInterval wanted = ChunkInterval.parse(Arguments.require("chunk_interval", chunkInterval));
    TableLayout layout =
        new TableLayout(now.timeColumn(), wanted, now.distribution(), now.orderBy());
    boolean finer = wanted.unit().compareTo(now.chunkInterval().unit()) < 0;
    boolean moves = Boolean.TRUE.equals(migrateData);
    if (Boolean.TRUE.equals(dryRun)) {
      return finer || moves
          ? Moves.plan(relation, table, wanted.toString())
          : new Row[] {Row.of(relation, wanted.toString(), null, 0L, 0L, 0L, false)};
    }
    if (finer && !moves && table.currentSnapshot() != null) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT,
              "Cannot cut chunks of " + relation + " finer without moving rows")
          .withDetail(
              "Files of one "
                  + now.chunkInterval()
                  + " chunk hold rows of several of "
                  + wanted
                  + ".")
          .withHint("Pass migrate_data => true; dry_run => true shows how much would move.");
    }
    new LayoutEvolution(table).become(layout);
    return finer || moves
        ? Moves.run(relation, table, clock)
        : new Row[] {Row.of(relation, Moves.layout(table), null, 0L, 0L, 0L, false)};
  }
}
