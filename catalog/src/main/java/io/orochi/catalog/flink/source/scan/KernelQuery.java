package io.orochi.catalog.flink.source.scan;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * The kernel's SQL over one group of files.
 *
 * @param values what is selected, one text per produced column; empty for rows without columns
 * @param conditions all of which a row must meet
 * @param keys columns to group by, only with aggregates
 * @param limit of rows per group of files; negative for none
 */
public record KernelQuery(
    List<String> values, List<String> conditions, List<String> keys, long limit)
    implements Serializable {
  public static final long NO_LIMIT = -1;

  public KernelQuery {
    values = List.copyOf(Objects.requireNonNull(values));
    conditions = List.copyOf(conditions);
    keys = List.copyOf(keys);
  }

  /**
   * @param relation a quoted name
   */
  public String sql(String relation) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(values.isEmpty() ? "true" : String.join(", ", values));
    sql.append(" FROM ").append(relation);
    if (!conditions.isEmpty()) {
      sql.append(" WHERE ").append(String.join(" AND ", conditions));
    }
    if (!keys.isEmpty()) {
      sql.append(" GROUP BY ").append(String.join(", ", keys));
    }
    if (limit >= 0) {
      sql.append(" LIMIT ").append(limit);
    }
    return sql.toString();
  }
}
