package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import java.time.Clock;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.rollback_to}. */
public final class RollbackTo implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "rollback_to",
          "Makes an older snapshot the current one. Nothing is deleted: the snapshots after it can be read until they expire. Positions of pipelines go back with the rows.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "snapshot_id",
                  "BIGINT",
                  "The snapshot to go back to. One of the three must be given."),
              ProcedureArgument.optional(
                  "as_of", "STRING", "The newest snapshot of this time or of this long ago."),
              ProcedureArgument.optional("tag", "STRING", "The snapshot of this tag."),
              ProcedureArgument.optional(
                  "dry_run", "BOOLEAN", "True only says which it would be; false if absent.")),
          "CALL sys.rollback_to(relation => 'metrics.cpu', as_of => '2026-11-21 10:00:00')",
          support -> new RollbackTo(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private final Clock clock;

  RollbackTo(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "snapshot_id", type = @DataTypeHint("BIGINT"), isOptional = true),
        @ArgumentHint(name = "as_of", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "tag", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint("ROW<previous_snapshot_id BIGINT, snapshot_id BIGINT>"))
  public Row[] call(
      ProcedureContext context,
      String relation,
      Long snapshotId,
      String asOf,
      String tag,
      Boolean dryRun) {
    Table table = support.table(relation);
    History history = new History(table, clock);
    long target = history.rollbackTarget(snapshotId, asOf, tag);
    long previous = table.currentSnapshot().snapshotId();
    if (!Boolean.TRUE.equals(dryRun) && target != previous) {
      table.manageSnapshots().rollbackTo(target).commit();
    }
    return new Row[] {Row.of(previous, target)};
  }
}
