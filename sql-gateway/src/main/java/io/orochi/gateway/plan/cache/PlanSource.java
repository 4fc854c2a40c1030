package io.orochi.gateway.plan.cache;

import io.orochi.gateway.plan.PlannedQuery;
import java.util.List;
import java.util.Optional;
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

  /** All of another execution's with the same values of its parameters. */
  record Repeated(CachedPlan plan, List<Object> values, PlannedQuery.OnKernel planned)
      implements PlanSource {}

  /** What was known before the query; empty if it had to be parsed. */
  default Optional<CachedPlan> kept() {
    if (this instanceof Known known) {
      return Optional.of(known.plan());
    } else if (this instanceof Bound bound) {
      return Optional.of(bound.plan());
    }
    return this instanceof Repeated repeated ? Optional.of(repeated.plan()) : Optional.empty();
  }

  /** The values of the parameters; empty for a query whose text has none. */
  default Optional<List<Object>> boundValues() {
    if (this instanceof Bound bound) {
      return Optional.of(bound.values());
    }
    return this instanceof Repeated repeated ? Optional.of(repeated.values()) : Optional.empty();
  }

  /** How much of the plan was there before. */
  default PlanOrigin origin() {
    if (this instanceof Known known) {
      return known.plan().fixed().isPresent() ? PlanOrigin.CACHED : PlanOrigin.TREE_CACHED;
    }
    if (this instanceof Repeated) {
      return PlanOrigin.CACHED;
    }
    return this instanceof Bound bound && bound.plan().hits() > 0
        ? PlanOrigin.TREE_CACHED
        : PlanOrigin.NEW;
  }
}
