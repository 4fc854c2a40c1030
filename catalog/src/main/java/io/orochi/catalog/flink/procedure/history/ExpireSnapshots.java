package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.Arguments;
import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.history.SnapshotExpiry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Snapshot;

/** {@code sys.expire_snapshots}. */
public final class ExpireSnapshots implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "expire_snapshots",
          "Forgets old snapshots and deletes the files that only they need. What the newest snapshot, tags and branches need stays, and so do the digests of its files and the positions of pipelines.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "older_than",
                  "STRING",
                  "Snapshots from before this time or older than this age; 5 d if absent."),
              ProcedureArgument.optional(
                  "retain_last", "INT", "Keep at least so many; 1 if absent."),
              ProcedureArgument.optional(
                  "dry_run", "BOOLEAN", "True only lists them; false if absent.")),
          "CALL sys.expire_snapshots(relation => 'metrics.cpu', older_than => '7 d', dry_run => true)",
          support -> new ExpireSnapshots(support, Clock.systemUTC()));

  private final ProcedureSupport support;
  private static final String AGE_DEFAULT = "5 d";
  private final Clock clock;

  ExpireSnapshots(ProcedureSupport support, Clock clock) {
    this.support = support;
    this.clock = clock;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "older_than", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "retain_last", type = @DataTypeHint("INT"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint("ROW<snapshot_id BIGINT, committed_at TIMESTAMP_LTZ(3)>"))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String olderThan,
      Integer retainLast,
      Boolean dryRun) {
    Instant before =
        Arguments.timeOrAge("older_than", olderThan == null ? AGE_DEFAULT : olderThan, clock);
    int keep = retainLast == null ? 1 : retainLast;
    if (keep < 1) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Invalid value for retain_last: " + keep)
          .withHint("At least one snapshot, the current one, must stay.");
    }
    SnapshotExpiry expiry = new SnapshotExpiry(support.table(relation), clock);
    List<Snapshot> expired =
        Boolean.TRUE.equals(dryRun) ? expiry.plan(before, keep) : expiry.expire(before, keep);
    return expired.stream()
        .map(
            snapshot ->
                Row.of(snapshot.snapshotId(), Instant.ofEpochMilli(snapshot.timestampMillis())))
        .toArray(Row[]::new);
  }
}
