package io.orochi.catalog.flink.procedure;

import io.orochi.catalog.flink.rewrite.LayoutRewrite;
import io.orochi.catalog.flink.rewrite.RewriteStep;
import io.orochi.catalog.hypertable.Distributions;
import io.orochi.catalog.hypertable.HypertableCreation;
import io.orochi.catalog.hypertable.HypertableCreation.IfExists;
import io.orochi.catalog.hypertable.HypertableCreation.Rows;
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
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;

/** {@code sys.create_hypertable}. */
public final class CreateHypertable implements Procedure {
  static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "create_hypertable",
          "Makes a hypertable of a table: from now on it is cut into chunks of time. Called again"
              + " after an interruption it goes on moving rows.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required(
                  "time_column", "STRING", "A TIMESTAMP or TIMESTAMP_LTZ column."),
              ProcedureArgument.optional(
                  "chunk_interval", "STRING", "The length of a chunk; '1 d' if absent."),
              ProcedureArgument.optional(
                  "if_not_exists",
                  "BOOLEAN",
                  "True leaves a hypertable as it is; false if absent."),
              ProcedureArgument.optional(
                  "migrate_data",
                  "BOOLEAN",
                  "True moves the rows that are there into chunks; false, if absent, refuses a"
                      + " table with rows."),
              ProcedureArgument.optional(
                  "dry_run", "BOOLEAN", "True changes nothing; moved_rows is what would move.")),
          "CALL sys.create_hypertable('metrics.cpu', 'ts', '6 hours')",
          CreateHypertable::new);

  private final ProcedureSupport support;

  CreateHypertable(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "time_column", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "chunk_interval", type = @DataTypeHint("STRING"), isOptional = true),
        @ArgumentHint(name = "if_not_exists", type = @DataTypeHint("BOOLEAN"), isOptional = true),
        @ArgumentHint(name = "migrate_data", type = @DataTypeHint("BOOLEAN"), isOptional = true),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output =
          @DataTypeHint(
              "ROW<relation STRING, time_column STRING, chunk_interval STRING, created BOOLEAN,"
                  + " moved_rows BIGINT>"))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String timeColumn,
      String chunkInterval,
      Boolean ifNotExists,
      Boolean migrateData,
      Boolean dryRun) {
    Table table = support.table(relation);
    String column = Arguments.require("time_column", timeColumn);
    ChunkInterval interval =
        chunkInterval == null ? ChunkInterval.DEFAULT : ChunkInterval.parse(chunkInterval);
    boolean migrate = Boolean.TRUE.equals(migrateData);
    if (Boolean.TRUE.equals(dryRun)) {
      new TableLayout(column, interval, Distributions.of(table), List.of())
          .partitionSpec(table.schema());
      return new Row[] {
        Row.of(relation, column, interval.toString(), false, migrate ? rows(table) : 0L)
      };
    }
    boolean created =
        new HypertableCreation(table)
            .create(
                column,
                interval,
                keeps(table, column, Boolean.TRUE.equals(ifNotExists), migrate),
                migrate ? Rows.MOVE_LATER : Rows.REFUSE);
    long moved =
        migrate
            ? new LayoutRewrite(table, Clock.systemUTC())
                .run().stream().mapToLong(RewriteStep::rows).sum()
            : 0;
    TableLayout layout = TableLayout.of(support.table(relation)).orElseThrow();
    return new Row[] {
      Row.of(relation, layout.timeColumn(), layout.chunkInterval().toString(), created, moved)
    };
  }

  /** A migration that was interrupted has made the hypertable already, and goes on. */
  private static IfExists keeps(Table table, String column, boolean ifNotExists, boolean migrate) {
    boolean begun =
        migrate
            && TableLayout.of(table)
                .filter(layout -> layout.timeColumn().equals(column))
                .isPresent();
    return ifNotExists || begun ? IfExists.KEEP : IfExists.FAIL;
  }

  private static long rows(Table table) {
    return table.currentSnapshot() == null
        ? 0
        : Long.parseLong(
            table
                .currentSnapshot()
                .summary()
                .getOrDefault(SnapshotSummary.TOTAL_RECORDS_PROP, "0"));
  }
}
