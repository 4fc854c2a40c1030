package io.orochi.gateway.explain;

import io.orochi.gateway.plan.cache.PlanSource;
import io.orochi.gateway.plan.sql.ExplainRequest;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/**
 * EXPLAIN in one of the forms that Flink does not have.
 *
 * @param query null if its plan was known before
 * @param parseNanos what understanding the query took
 */
public record ExplainedQuery(
    ExplainRequest request, PlannerQueryOperation query, PlanSource source, long parseNanos)
    implements Operation {
  /**
   * @param statement what is explained; null if its plan was known before
   * @throws OrochiException STATEMENT_NOT_SUPPORTED if it is not a query
   */
  public static ExplainedQuery of(
      ExplainRequest request, Operation statement, PlanSource source, long parseNanos) {
    if (statement == null) {
      return new ExplainedQuery(request, null, source, parseNanos);
    }
    if (!(statement instanceof PlannerQueryOperation query)) {
      throw OrochiException.of(
              OrochiErrorCode.STATEMENT_NOT_SUPPORTED,
              "Cannot EXPLAIN with options what neither asks for rows nor changes them")
          .withHint("ANALYZE and FORMAT go with SELECT, INSERT, UPDATE, DELETE and MERGE.");
    }
    return new ExplainedQuery(request, query, source, parseNanos);
  }

  public boolean isRun() {
    return request.mode() == ExplainRequest.Mode.ANALYZE;
  }

  @Override
  public String asSummaryString() {
    return "EXPLAIN " + request.mode() + " " + request.query().strip();
  }
}
