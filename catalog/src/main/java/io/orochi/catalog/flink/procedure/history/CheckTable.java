package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import io.orochi.table.integrity.FileCheck.Depth;
import io.orochi.table.integrity.FileRole;
import io.orochi.table.integrity.TableCheck;
import io.orochi.table.integrity.TableFinding;
import io.orochi.table.integrity.TableFinding.Severity;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.NoSuchTableException;

/** {@code sys.check_table}. */
public final class CheckTable implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "check_table",
          "Looks whether every file that the current snapshot needs is there and is what was committed. Returns a row for each finding and one that counts the files.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "deep",
                  "BOOLEAN",
                  "True reads every byte: digests, row counts, bounds and deletes; false if absent.")),
          "CALL sys.check_table(relation => 'metrics.cpu', deep => true)",
          CheckTable::new);

  private final ProcedureSupport support;

  CheckTable(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "deep", type = @DataTypeHint("BOOLEAN"), isOptional = true)
      },
      output = @DataTypeHint("ROW<file STRING, kind STRING, severity STRING, detail STRING>"))
  public Row[] call(ProcedureContext context, String relation, Boolean deep) {
    Depth depth = Boolean.TRUE.equals(deep) ? Depth.DIGEST : Depth.SIZE;
    // what this process remembers of metadata files would hide that they are damaged by now
    try (OrochiIcebergCatalog fresh = OrochiIcebergCatalog.open(support.catalog().config())) {
      return check(fresh.loadTable(support.identifier(relation)), depth);
    } catch (NoSuchTableException e) {
      support.table(relation);
      throw e;
    } catch (OrochiException e) {
      if (e.code() != OrochiErrorCode.METADATA_CORRUPT) {
        throw e;
      }
      String file = support.catalog().metadataLocation(support.identifier(relation));
      return new Row[] {
        row(new TableFinding(file, FileRole.METADATA, Severity.ERROR, e.getMessage()))
      };
    }
  }

  private static Row[] check(Table table, Depth depth) {
    if (table.currentSnapshot() == null) {
      return new Row[0];
    }
    return new TableCheck(table, depth)
        .of(table.currentSnapshot()).stream().map(CheckTable::row).toArray(Row[]::new);
  }

  private static Row row(TableFinding finding) {
    return Row.of(
        finding.file(), finding.role().text(), finding.severity().text(), finding.detail());
  }
}
