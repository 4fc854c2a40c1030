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

/** {@code sys.fast_forward}. */
public final class FastForward implements Procedure {
  public static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "fast_forward",
          "Moves a branch to the end of another one that has grown out of it.",
          List.of(
              ProcedureArgument.required("relation", "STRING", "The table, with its database."),
              ProcedureArgument.required("branch", "STRING", "The branch to move, such as main."),
              ProcedureArgument.required("to", "STRING", "The branch or tag to move it to.")),
          "CALL sys.fast_forward(relation => 'metrics.cpu', branch => 'main', `to` => 'audit')",
          FastForward::new);

  private final ProcedureSupport support;

  FastForward(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = {
        @ArgumentHint(name = "relation", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "branch", type = @DataTypeHint("STRING")),
        @ArgumentHint(name = "to", type = @DataTypeHint("STRING"))
      },
      output = @DataTypeHint("ROW<name STRING, snapshot_id BIGINT>"))
  public Row[] call(ProcedureContext context, String relation, String branch, String to) {
    References references = new References(support.table(relation));
    return new Row[] {Row.of(branch, references.fastForward(branch, to))};
  }
}
