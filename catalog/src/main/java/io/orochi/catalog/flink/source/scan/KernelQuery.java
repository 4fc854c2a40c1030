package io.orochi.catalog.flink.source.scan;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The kernel's SQL over one group of files.
 *
 * @param computed expressions with names, which all others then refer to; empty if those refer to
 *     the table's columns
 * @param values what is selected, one text per produced column; empty for rows without columns
 * @param conditions all of which a row must meet; over the table's columns
 * @param keys columns to group by, only with aggregates
 * @param limit of rows per group of files; negative for none
 */
public record KernelQuery(
    List<String> computed,
    List<String> values,
    List<String> conditions,
    List<String> keys,
    long limit)
    implements Serializable {
  public static final long NO_LIMIT = -1;

  public KernelQuery {
    computed = List.copyOf(computed);
    values = List.copyOf(Objects.requireNonNull(values));
    conditions = List.copyOf(conditions);
    keys = List.copyOf(keys);
  }

  /**
   * @param relation a quoted name
   */
  public String sql(String relation) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(values.isEmpty() ? "true" : String.join(", ", values)).append(" FROM ");
    if (computed.isEmpty()) {
      sql.append(relation).append(where());
    } else {
      sql.append("(SELECT ").append(String.join(", ", computed));
      sql.append(" FROM ").append(relation).append(where()).append(')');
    }
    if (!keys.isEmpty()) {
      sql.append(" GROUP BY ").append(String.join(", ", keys));
    }
    if (limit >= 0) {
      sql.append(" LIMIT ").append(limit);
    }
    return sql.toString();
  }

  private String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }
}
