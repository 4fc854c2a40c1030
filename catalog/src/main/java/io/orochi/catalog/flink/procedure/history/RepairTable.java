package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.integrity.Loss;
import io.orochi.table.integrity.TableRepair;
import io.orochi.table.integrity.TableRepair.Run;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** {@code sys.repair_table}. */
public final class RepairTable implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "repair_table",
          "Makes a damaged table readable again and returns what is lost. Damaged files are copied into a folder beside the table's and are never deleted.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required(
                  "mode",
                  "STRING",
                  "drop_files takes missing and damaged data and delete files out of the table; rollback goes back to the newest sound snapshot, or to the newest sound metadata file."),
              ProcedureArgument.optional(
                  "dry_run", "BOOLEAN", "True only says what would be lost; false if absent.")),
          "CALL sys.repair_table(relation => 'metrics.cpu', mode => 'drop_files', dry_run => true)",
          RepairTable::new);

  private final ProcedureSupport support;

  RepairTable(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "mode", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "dry_run", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output =
          @DataTypeHint(
              "ROW<file STRING, kind STRING, action STRING, lost_rows BIGINT, range_start TIMESTAMP_LTZ(6), range_end TIMESTAMP_LTZ(6), kept_at STRING>"))
  public Row[] call(ProcedureContext context, String relation, String mode, Boolean dryRun) {
    Run run = Boolean.TRUE.equals(dryRun) ? Run.DRY : Run.REAL;
    boolean rollback =
        switch (mode) {
          case "drop_files" -> false;
          case "rollback" -> true;
          default ->
              throw OrochiException.of(
                      OrochiErrorCode.INVALID_ARGUMENT, "Invalid value for mode: '" + mode + "'")
                  .withHint("Write 'drop_files' or 'rollback'.");
        };
    TableIdentifier identifier = support.identifier(relation);
    // what this process remembers of metadata files would hide that they are damaged by now
    try (OrochiIcebergCatalog fresh = OrochiIcebergCatalog.open(support.catalog().config())) {
      List<Loss> losses = new ArrayList<>();
      if (rollback) {
        losses.addAll(fresh.rollBackMetadata(identifier, run));
        if (run == Run.DRY && !losses.isEmpty()) {
          return rows(losses);
        }
      }
      TableRepair repair = new TableRepair(fresh.loadTable(identifier));
      losses.addAll(rollback ? repair.rollBack(run) : repair.dropFiles(run));
      return rows(losses);
    } catch (NoSuchTableException e) {
      support.table(relation);
      throw e;
    }
  }

  private static Row[] rows(List<Loss> losses) {
    return losses.stream()
        .map(
            loss ->
                Row.of(
                    loss.file(),
                    loss.role().text(),
                    loss.action(),
                    loss.rows(),
                    loss.from(),
                    loss.to(),
                    loss.keptAt()))
        .toArray(Row[]::new);
  }
}
