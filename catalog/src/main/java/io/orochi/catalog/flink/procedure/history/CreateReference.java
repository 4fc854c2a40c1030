package io.orochi.catalog.flink.procedure.history;

import io.orochi.catalog.flink.procedure.ProcedureArgument;
import io.orochi.catalog.flink.procedure.ProcedureSpec;
import io.orochi.catalog.flink.procedure.ProcedureSupport;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;

/** {@code sys.create_tag} and {@code sys.create_branch}. */
public final class CreateReference implements Procedure {
  public static final ProcedureSpec TAG =
      spec(References.Kind.TAG, "Names a snapshot, which is then kept until the tag is dropped.");
  public static final ProcedureSpec BRANCH =
      spec(References.Kind.BRANCH, "Starts a branch at a snapshot; readers name it in a hint.");

  private final References.Kind kind;
  private final ProcedureSupport support;

  private CreateReference(References.Kind kind, ProcedureSupport support) {
    this.kind = kind;
    this.support = support;
  }

  private static ProcedureSpec spec(References.Kind kind, String description) {
    String name = "create_" + kind.text();
    return new ProcedureSpec(
        name,
        description,
        List.of(
            ProcedureArgument.required("relation", "STRING", "The table, with its database."),
            ProcedureArgument.required("name", "STRING", "Of the new " + kind.text() + "."),
            ProcedureArgument.optional("snapshot_id", "BIGINT", "The current snapshot if absent."),
            ProcedureArgument.optional(
                "retain", "STRING", "Keep it for this long, such as '30 d'; for ever if absent.")),
        "CALL sys." + name + "(relation => 'metrics.cpu', name => 'before_migration')",
        support -> new CreateReference(kind, support));
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "name", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "snapshot_id", type = @DataTypeHint("BIGINT"), isOptional = true),
        @ArgumentHint(name = "retain", type = @DataTypeHint("STRING"), isOptional = true)
      },
      output = @DataTypeHint("ROW<name STRING, snapshot_id BIGINT>"))
  public Row[] call(
      ProcedureContext context, String relation, String name, Long snapshotId, String retain) {
    References references = new References(support.table(relation));
    return new Row[] {Row.of(name, references.create(kind, name, snapshotId, retain))};
  }
}
