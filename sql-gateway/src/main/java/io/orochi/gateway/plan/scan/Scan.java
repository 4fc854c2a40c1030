package io.orochi.gateway.plan.scan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** One reading of a relation, gathered while SQL is written. One thread. */
public final class Scan {
  private final Relation relation;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<Expression> filters = new ArrayList<>();

  private boolean placesNeeded;

  public Scan(Relation relation) {
    this.relation = relation;
  }

  public Relation relation() {
    return relation;
  }

  public void need(String column) {
    columns.add(column);
  }

  /** Asks for the place of each row too. */
  public void needPlaces() {
    placesNeeded = true;
  }

  public boolean placesNeeded() {
    return placesNeeded;
  }

  /** Rows that fail the filter do not matter to the query. */
  public void prune(Expression filter) {
    filters.add(filter);
  }

  /** In the order first needed; never empty for a relation with columns. */
  public List<String> columns() {
    return columns.isEmpty()
        ? List.of(relation.schema().columns().get(0).name())
        : List.copyOf(columns);
  }

  /** All filters joined by AND. */
  public Expression filter() {
    return filters.stream().reduce(Expressions.alwaysTrue(), Expressions::and);
  }
}
