package io.orochi.catalog.flink.procedure.table;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import io.orochi.catalog.trash.DroppedTable;
import io.orochi.catalog.trash.DroppedTables;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;
import org.apache.iceberg.catalog.TableIdentifier;

/** {@code sys.undrop_table}. */
public final class UndropTable implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "undrop_table",
          "Brings back the table of this name that was dropped last, with all its rows and history.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.optional(
                  "new_name", "STRING", "Its name from now on; the old one if absent.")),
          "CALL sys.undrop_table('metrics.cpu')",
          UndropTable::new);

  private final ProcedureSupport support;

  UndropTable(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "new_name", type = @DataTypeHint("STRING"), isOptional = true)
      },
      output = @DataTypeHint("ROW<relation STRING, dropped_at TIMESTAMP_LTZ(6)>"))
  public Row[] call(ProcedureContext context, String relation, String newName) {
    TableIdentifier identifier = support.identifier(relation);
    String namespace = String.join(".", identifier.namespace().levels());
    DroppedTables trash = support.catalog().droppedTables();
    DroppedTable dropped =
        trash
            .newest(namespace, identifier.name())
            .orElseThrow(() -> notDropped(trash, relation, namespace));
    String name = newName == null ? identifier.name() : newName.strip();
    trash.restore(dropped, name);
    return new Row[] {Row.of(namespace + "." + name, dropped.droppedAt())};
  }

  private static OrochiException notDropped(
      DroppedTables trash, String relation, String namespace) {
    List<String> names =
        trash.all().stream().map(one -> one.namespace() + "." + one.name()).distinct().toList();
    return OrochiException.of(
            OrochiErrorCode.RELATION_NOT_FOUND, "Cannot find a dropped table: " + relation)
        .withDetail("SELECT * FROM info.dropped_tables lists those that can come back.")
        .withHint(
            names.isEmpty()
                ? "Nothing that was dropped is left."
                : NearestName.hint(namespace + "." + relation.replaceAll(".*\\.", ""), names));
  }
}
