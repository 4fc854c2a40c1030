package io.orochi.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A query and the columns it gives.
 *
 * @param sql a complete SELECT, or the name of a table
 */
record Relation(String sql, List<Column> columns) {
  /** A column by the name it has outside of the query. */
  record Column(String name, SqlType type) {}

  /** As an item of FROM. */
  String as(String alias) {
    return sql.indexOf(' ') < 0 ? sql + " AS " + alias : "(" + sql + ") AS " + alias;
  }

  /** All columns, in an order in which only equal rows stand in the same place. */
  String ordered(String alias) {
    return columns.stream()
        .map(column -> alias + "." + column.name() + " ASC NULLS FIRST")
        .collect(Collectors.joining(", "));
  }
}
