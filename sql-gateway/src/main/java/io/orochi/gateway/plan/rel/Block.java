package io.orochi.gateway.plan.rel;

import io.orochi.gateway.plan.sql.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One SELECT under construction. It grows in SQL's own order: FROM, WHERE, GROUP BY, HAVING, ORDER
 * BY, LIMIT; a step that no longer fits makes it the FROM of a new block.
 */
final class Block {
  private enum Stage {
    ROWS,
    GROUPED,
    ORDERED,
    LIMITED
  }

  private final String from;
  private final boolean joins;
  private final List<Column> columns;
  private final List<String> where = new ArrayList<>();
  private final List<String> having = new ArrayList<>();
  private String groupBy = "";
  private String orderBy = "";
  private String limit = "";
  private boolean aggregated;
  private boolean conditionsInside;
  private Stage stage = Stage.ROWS;

  private Block(String from, boolean joins, List<Column> columns) {
    this.from = from;
    this.joins = joins;
    this.columns = Collections.unmodifiableList(columns);
  }

  /**
   * All rows of a FROM item.
   *
   * @param from empty for one row without columns
   * @param columns null where the query above needs none
   */
  static Block of(String from, List<Column> columns) {
    return new Block(from, false, columns);
  }

  /** All rows of a join, written without parentheses around it. */
  static Block ofJoin(String from, List<Column> columns) {
    return new Block(from, true, columns);
  }

  /** The FROM item as the left side of a join; joins lean to the left. */
  String leftItem() {
    return from.isEmpty() ? "(SELECT 1 AS nothing)" : from;
  }

  /** The FROM item as the right side of a join. */
  String rightItem() {
    return joins ? "(" + from + ")" : leftItem();
  }

  List<Column> columns() {
    return columns;
  }

  Column column(int index) {
    Column column = columns.get(index);
    if (column == null) {
      throw new IllegalStateException("column " + index + " was not asked for");
    }
    return column;
  }

  /** A plain FROM item with named columns, which a join can take as it is. */
  boolean isPlain() {
    return stage == Stage.ROWS
        && where.isEmpty()
        && columns.stream().allMatch(column -> column == null || column.simple());
  }

  /** Whether some rows are left out. */
  boolean hasConditions() {
    return conditionsInside || !where.isEmpty() || !having.isEmpty();
  }

  boolean takesWhere() {
    return stage == Stage.ROWS
        && columns.stream().noneMatch(column -> column != null && column.window());
  }

  boolean takesHaving() {
    return stage == Stage.GROUPED
        && columns.stream().noneMatch(column -> column != null && column.window());
  }

  /** Whether other expressions can replace the columns. */
  boolean takesColumns(boolean windows) {
    boolean nested = columns.stream().anyMatch(column -> column != null && column.window());
    return !nested && (!windows || stage == Stage.ROWS);
  }

  /** One row however many are read: that holds only while an aggregate is selected. */
  boolean isOneGroup() {
    return aggregated && groupBy.isEmpty();
  }

  boolean takesGroups() {
    return stage == Stage.ROWS
        && columns.stream().noneMatch(column -> column != null && column.window());
  }

  boolean takesOrder() {
    return stage == Stage.ROWS || stage == Stage.GROUPED;
  }

  boolean takesLimit() {
    return stage != Stage.LIMITED;
  }

  /**
   * Rows that a condition above removes may have decided about rows it keeps: which are the first
   * ones, or what a window counted.
   */
  private boolean dependsOnAllRows() {
    return stage == Stage.LIMITED
        || columns.stream().anyMatch(column -> column != null && column.window());
  }

  Block withColumns(List<Column> newColumns) {
    Block copy = new Block(from, joins, newColumns);
    copy.where.addAll(where);
    copy.having.addAll(having);
    copy.aggregated = aggregated;
    copy.conditionsInside = conditionsInside;
    copy.groupBy = groupBy;
    copy.orderBy = orderBy;
    copy.limit = limit;
    copy.stage = stage;
    return copy;
  }

  /** The rows that have a partner in another FROM item. */
  Block semiJoin(String item, String on) {
    Block copy = new Block(from + "\nSEMI JOIN " + item + " ON " + on, true, columns);
    copy.where.addAll(where);
    copy.conditionsInside = conditionsInside;
    return copy;
  }

  Block where(String condition) {
    Block copy = withColumns(columns);
    copy.where.add(condition);
    return copy;
  }

  Block having(String condition) {
    Block copy = withColumns(columns);
    copy.having.add(condition);
    return copy;
  }

  Block groupBy(String keys, List<Column> newColumns) {
    Block copy = withColumns(newColumns);
    copy.aggregated = true;
    copy.groupBy = keys;
    copy.stage = Stage.GROUPED;
    return copy;
  }

  Block orderBy(String keys) {
    Block copy = withColumns(columns);
    copy.orderBy = keys;
    copy.stage = Stage.ORDERED;
    return copy;
  }

  Block limit(String text) {
    Block copy = withColumns(new ArrayList<>(columns));
    copy.limit = text;
    copy.stage = Stage.LIMITED;
    return copy;
  }

  /** The rows as FROM item {@code alias} of a new block; an order nothing depends on is dropped. */
  Block nested(String alias) {
    Block inner = stage == Stage.ORDERED ? unordered() : this;
    boolean opaque = dependsOnAllRows();
    Column[] outer = new Column[columns.size()];
    for (int i = 0; i < outer.length; i++) {
      Column column = columns.get(i);
      if (column != null) {
        outer[i] =
            Column.named(
                alias + "." + SqlText.identifier(column.name()),
                column.name(),
                opaque ? null : column.origin());
      }
    }
    Block rows = of("(" + inner.select() + ") AS " + alias, Arrays.asList(outer));
    rows.conditionsInside = hasConditions();
    return rows;
  }

  /**
   * All rows of the relation {@code name}, which holds this block's. A condition on a column of it
   * says nothing of what others read of it.
   */
  Block read(String name, String alias) {
    List<Column> outer =
        columns.stream()
            .map(Column::name)
            .map(column -> Column.named(alias + "." + SqlText.identifier(column), column, null))
            .toList();
    return of(name + " AS " + alias, outer);
  }

  private Block unordered() {
    Block copy = withColumns(columns);
    copy.orderBy = "";
    copy.stage = aggregated ? Stage.GROUPED : Stage.ROWS;
    return copy;
  }

  /** The complete SELECT; a block of which nothing is needed keeps its rows. */
  String select() {
    StringBuilder sql = new StringBuilder("SELECT ");
    int before = sql.length();
    for (Column column : columns) {
      if (column != null) {
        sql.append(sql.length() == before ? "" : ", ").append(column.sql());
        String name = SqlText.identifier(column.name());
        if (!column.simple() || !column.sql().endsWith("." + name)) {
          sql.append(" AS ").append(name);
        }
      }
    }
    if (sql.length() == before) {
      sql.append("1 AS nothing");
    }
    if (!from.isEmpty()) {
      sql.append("\nFROM ").append(from);
    }
    if (!where.isEmpty()) {
      sql.append("\nWHERE ").append(String.join(" AND ", where));
    }
    if (!groupBy.isEmpty()) {
      sql.append("\nGROUP BY ").append(groupBy);
    }
    if (!having.isEmpty()) {
      sql.append("\nHAVING ").append(String.join(" AND ", having));
    }
    if (!orderBy.isEmpty()) {
      sql.append("\nORDER BY ").append(orderBy);
    }
    return sql.append(limit).toString();
  }
}
