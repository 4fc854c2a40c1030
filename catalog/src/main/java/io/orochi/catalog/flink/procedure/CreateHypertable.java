package io.orochi.catalog.flink.procedure;

import io.orochi.catalog.hypertable.HypertableCreation;
import io.orochi.catalog.hypertable.HypertableCreation.IfExists;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.layout.ChunkInterval;
import io.orochi.table.layout.TableLayout;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;

/** {@code sys.create_hypertable}. */
public final class CreateHypertable implements Procedure {
  static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "create_hypertable",
          "Makes a hypertable of an empty table: from now on it is cut into chunks of time.",
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
                  "migrate_data", "BOOLEAN", "Must be false: a table with rows is refused.")),
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
        @ArgumentHint(name = "migrate_data", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output =
          @DataTypeHint(
              "ROW<relation STRING, time_column STRING, chunk_interval STRING, created BOOLEAN>"))
  public Row[] call(
      ProcedureContext context,
      String relation,
      String timeColumn,
      String chunkInterval,
      Boolean ifNotExists,
      Boolean migrateData) {
    if (Boolean.TRUE.equals(migrateData)) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_ARGUMENT, "Cannot move rows while cutting a table")
          .withHint("Create a new hypertable and INSERT INTO it SELECT * FROM this table.");
    }
    Table table = support.table(relation);
    ChunkInterval interval =
        chunkInterval == null ? ChunkInterval.DEFAULT : ChunkInterval.parse(chunkInterval);
    boolean created =
        new HypertableCreation(table)
            .create(
                Arguments.require("time_column", timeColumn),
                interval,
                Boolean.TRUE.equals(ifNotExists) ? IfExists.KEEP : IfExists.FAIL);
    TableLayout layout = TableLayout.of(support.table(relation)).orElseThrow();
    return new Row[] {
      Row.of(relation, layout.timeColumn(), layout.chunkInterval().toString(), created)
    };
  }
}
