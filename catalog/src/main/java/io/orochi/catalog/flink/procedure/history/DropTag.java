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

/** {@code sys.drop_tag}. */
public final class DropTag implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "drop_tag",
          "Forgets a tag; its snapshot may expire from then on.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required("name", "STRING", "Of the tag.")),
          "CALL sys.drop_tag(relation => 'metrics.cpu', name => 'before_migration')",
          DropTag::new);

  private final ProcedureSupport support;

  DropTag(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "name", type = @DataTypeHint("STRING"))
      },
      output = @DataTypeHint("ROW<name STRING, snapshot_id BIGINT>"))
  public Row[] call(ProcedureContext context, String relation, String name) {
    References references = new References(support.table(relation));
    return new Row[] {Row.of(name, references.drop(References.Kind.TAG, name))};
  }
}
