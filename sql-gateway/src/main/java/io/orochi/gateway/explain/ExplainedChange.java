package io.orochi.gateway.explain;

import io.orochi.gateway.plan.sql.ExplainRequest;
import org.apache.flink.table.operations.Operation;

/**
 * EXPLAIN of INSERT, UPDATE, DELETE or MERGE, which is run only if that is asked for.
 *
 * @param change what the parser made of it
 * @param parseNanos what that took
 */
public record ExplainedChange(ExplainRequest request, Operation change, long parseNanos)
    implements Operation {
  public boolean isRun() {
    return request.mode() == ExplainRequest.Mode.ANALYZE;
  }

  @Override
  public String asSummaryString() {
    return "EXPLAIN " + request.mode() + " " + request.query().strip();
  }
}
