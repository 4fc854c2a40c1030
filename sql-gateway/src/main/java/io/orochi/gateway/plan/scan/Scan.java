package io.orochi.gateway.plan.scan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/** One reading of a relation, gathered while SQL is written. One thread. */
public final class Scan {
  /** What a scan is called in its {@link #conditions}. */
  public static final String ALIAS = "b";

  private final Relation relation;
  private final Set<String> columns = new LinkedHashSet<>();
  private final List<Expression> filters = new ArrayList<>();

  private final Set<String> statistics = new LinkedHashSet<>();
  private final List<String> conditions = new ArrayList<>();
  private List<FileScanTask> files;
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

  /** Asks for the least and greatest value of a column in each file. */
  public void needStatistics(String column) {
    statistics.add(column);
  }

  public Set<String> statistics() {
    return Set.copyOf(statistics);
  }

  /**
   * Rows for which it is not true do not matter to the query.
   *
   * @param sql over the columns of {@link #ALIAS}
   */
  public void restrict(String sql) {
    conditions.add(sql);
  }

  /** The conditions known, in the kernel's SQL. */
  public List<String> conditions() {
    return List.copyOf(conditions);
  }

  /** Only these of its files are read; something else tells what the others hold. */
  public void readOnly(List<FileScanTask> some) {
    files = List.copyOf(some);
  }

  /** Empty unless they were chosen already. */
  public Optional<List<FileScanTask>> chosenFiles() {
    return Optional.ofNullable(files);
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
