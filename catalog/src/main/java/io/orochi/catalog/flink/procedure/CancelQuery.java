package io.orochi.catalog.flink.procedure;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.flink.table.annotation.ArgumentHint;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.annotation.ProcedureHint;
import org.apache.flink.table.procedure.ProcedureContext;
import org.apache.flink.table.procedures.Procedure;
import org.apache.flink.types.Row;

/** {@code sys.cancel_query}. */
public final class CancelQuery implements Procedure {
  static final ProcedureSpec SPEC =
      new ProcedureSpec(
          "cancel_query",
          "Stops a statement of any session; its client gets QUERY_CANCELLED.",
          List.of(
              ProcedureArgument.required("query_id", "STRING", "As info.active_queries shows it.")),
          "CALL sys.cancel_query(query_id => '3f1c…')",
          CancelQuery::new);

  private final ProcedureSupport support;

  CancelQuery(ProcedureSupport support) {
    this.support = support;
  }

  @ProcedureHint(
      arguments = @ArgumentHint(name = "query_id", type = @DataTypeHint("STRING")),
      output = @DataTypeHint("ROW<query_id STRING, cancelled BOOLEAN>"))
  public Row[] call(ProcedureContext context, String queryId) {
    String id = Arguments.require("query_id", queryId);
    if (!support.canceller().cancel(id)) {
      throw OrochiException.of(OrochiErrorCode.QUERY_NOT_FOUND, "No such query runs: " + id)
          .withDetail("It may have finished.")
          .withHint("SELECT query_id, query FROM info.active_queries.");
    }
    return new Row[] {Row.of(id, true)};
  }
}
