package io.orochi.gateway.plan.cache;

import io.orochi.gateway.plan.PlannedQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whole plans of one query with parameters, by the values that were bound: those used last. Safe to
 * share.
 */
final class BoundPlans {
  private static final int MOST = 32;

  /** Larger ones are planned again each time, so that a query's plans stay small together. */
  private static final int MOST_FILES = 16;

  private static final int MOST_VALUES = 16;
  private static final int LONGEST_TEXT = 256;

  private final Map<List<Object>, PlannedQuery.OnKernel> plans =
      new LinkedHashMap<>(16, 0.75f, true);

  synchronized Optional<PlannedQuery.OnKernel> find(List<Object> values) {
    return Optional.ofNullable(plans.get(values));
  }

  /**
   * @param values never changed afterwards
   */
  synchronized void put(List<Object> values, PlannedQuery.OnKernel plan) {
    long files = plan.query().inputs().stream().mapToLong(PlanCache::filesOf).sum();
    if (files > MOST_FILES
        || values.size() > MOST_VALUES
        || !values.stream().allMatch(BoundPlans::isKey)) {
      return;
    }
    plans.put(values, plan);
    if (plans.size() > MOST) {
      plans.remove(plans.keySet().iterator().next());
    }
  }

  /** Arrays are only equal to themselves. */
  private static boolean isKey(Object value) {
    return value == null
        || (value instanceof CharSequence text
            ? text.length() <= LONGEST_TEXT
            : !value.getClass().isArray());
  }

  /** Bytes all plans of a query of that length take, roughly. */
  static int weight(int textLength) {
    return MOST * (2_048 + 32 * MOST_FILES + 4 * textLength);
  }
}
