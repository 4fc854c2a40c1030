package io.orochi.catalog.flink.source.filter;

import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.expressions.Expression;

/**
 * A condition that the kernel answers as Flink does: true, false or unknown for the same rows.
 *
 * @param sql over columns of the scan, in parentheses
 * @param pruning true for every row for which the condition is
 * @param columns that the SQL reads
 */
public record KernelFilter(String sql, Expression pruning, Set<String> columns) {
  public KernelFilter {
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(pruning, "pruning");
    columns = Set.copyOf(columns);
  }
}
