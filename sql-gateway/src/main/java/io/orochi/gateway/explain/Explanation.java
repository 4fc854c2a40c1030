package io.orochi.gateway.explain;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.cache.PlanOrigin;
import io.orochi.gateway.plan.explain.QueryExplainer;
import java.util.List;

/**
 * Everything EXPLAIN says of one query.
 *
 * @param plan the kernel's SQL or Flink's plan
 * @param origin of the plan
 * @param actuals null if the query was not run
 */
public record Explanation(
    PlannedQuery planned,
    QuerySettings settings,
    List<KernelInput> tables,
    String plan,
    PlanOrigin origin,
    Actuals actuals) {
  public Explanation with(Actuals figures) {
    List<KernelInput> read = figures.inputs().isEmpty() ? tables : figures.inputs();
    return new Explanation(planned, settings, read, plan, origin, figures);
  }

  public String text() {
    String text = QueryExplainer.explain(planned, settings, tables, plan);
    return actuals == null ? text : text + "\n" + ActualsText.of(actuals, origin);
  }

  public String json() {
    return ExplanationJson.of(this, QueryExplainer.reason(planned, settings));
  }
}
