package io.orochi.gateway.plan.rex.value;

import org.apache.calcite.rel.RelNode;

/** Writes the relations inside expressions; correlated names resolve by their row's variable. */
public interface Subqueries {
  /** A complete SELECT without parentheses. */
  String select(RelNode relation);

  /** The same rows without their columns, for EXISTS. */
  String selectRows(RelNode relation);

  /** The SQL of field {@code index} of the row that a correlation variable stands for. */
  String correlated(String variable, int index);
}
