package io.orochi.gateway.plan;

import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/** Chooses the engine of a query. Safe to share between sessions. */
public final class QueryPlanner {
  /**
   * Plans a validated query.
   *
   * @throws io.orochi.table.error.OrochiException ENGINE_CANNOT_RUN if the settings force the
   *     kernel and it cannot express the query
   */
  public PlannedQuery plan(
      PlannerQueryOperation query, TableEnvironmentInternal env, QuerySettings settings) {
    return new PlannedQuery.OnFlink(
        "the kernel has no rule for this query", query.getResolvedSchema());
  }
}
