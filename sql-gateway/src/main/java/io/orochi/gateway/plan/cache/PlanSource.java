package io.orochi.gateway.plan.cache;

import java.util.List;
import org.apache.calcite.rel.RelNode;

/** How the plan of a query that was understood comes about. */
public sealed interface PlanSource {
  /** Planned for this execution alone. */
  record Own() implements PlanSource {}

  /** Planned now, and kept with what it depends on. */
  record Fresh(Dependencies dependencies) implements PlanSource {}

  /** Another execution's. */
  record Known(CachedPlan plan) implements PlanSource {}

  /** Another execution's, with the values of its parameters in the tree. */
  record Bound(CachedPlan plan, List<Object> values, RelNode tree) implements PlanSource {}

  /** How much of the plan was there before. */
  default PlanOrigin origin() {
    if (this instanceof Known known) {
      return known.plan().fixed().isPresent() ? PlanOrigin.CACHED : PlanOrigin.TREE_CACHED;
    }
    return this instanceof Bound ? PlanOrigin.TREE_CACHED : PlanOrigin.NEW;
  }
}
