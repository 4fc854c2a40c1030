package io.orochi.gateway.change.merge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code WHEN ... THEN ...}
 *
 * @param condition what stands behind AND; null if nothing does
 */
record MergeClause(Case when, Fragment condition, Action action) {
  /** Which rows of the join it is about. */
  enum Case {
    MATCHED,
    NOT_MATCHED,
    NOT_MATCHED_BY_SOURCE
  }

  /** What it does with a row. */
  sealed interface Action {
    /** New values by column. */
    record Update(Map<String, Fragment> values) implements Action {
      public Update {
        values = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(values));
      }
    }

    /**
     * A new row.
     *
     * @param columns empty for all columns in their order
     */
    record Insert(List<String> columns, List<Fragment> values) implements Action {
      public Insert {
        columns = List.copyOf(columns);
        values = List.copyOf(values);
      }
    }

    record Delete() implements Action {}

    /** Keeps later clauses from the row. */
    record Nothing() implements Action {}
  }

  Optional<Fragment> conditioned() {
    return Optional.ofNullable(condition);
  }

  boolean writes() {
    return action instanceof Action.Update || action instanceof Action.Insert;
  }
}
