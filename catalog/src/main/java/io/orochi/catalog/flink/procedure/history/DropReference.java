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

/** {@code sys.drop_tag} and {@code sys.drop_branch}. */
public final class DropReference implements Procedure {
  public static final ProcedureSpec TAG =
      spec(References.Kind.TAG, "Forgets a tag; its snapshot may expire from then on.");
  public static final ProcedureSpec BRANCH =
      spec(
          References.Kind.BRANCH,
          "Drops a branch; snapshots that only it led to may expire from then on.");

  private final References.Kind kind;
  private final ProcedureSupport support;

  private DropReference(References.Kind kind, ProcedureSupport support) {
    this.kind = kind;
    this.support = support;
  }

  private static ProcedureSpec spec(References.Kind kind, String description) {
    String name = "drop_" + kind.text();
    return new ProcedureSpec(
        name,
        description,
        List.of(
            ProcedureArgument.required("relation", "STRING", "The table, with its database."),
            ProcedureArgument.required("name", "STRING", "Of the " + kind.text() + ".")),
        "CALL sys." + name + "(relation => 'metrics.cpu', name => 'before_migration')",
        support -> new DropReference(kind, support));
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "name", type = @DataTypeHint("STRING"))
      },
      output = @DataTypeHint("ROW<name STRING, snapshot_id BIGINT>"))
  public Row[] call(ProcedureContext context, String relation, String name) {
    References references = new References(support.table(relation));
    return new Row[] {Row.of(name, references.drop(kind, name))};
  }
}
