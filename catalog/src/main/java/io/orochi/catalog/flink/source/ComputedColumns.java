package io.orochi.catalog.flink.source;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.expressions.Expression;

/**
 * Expressions and conditions that a planner found for the kernel to compute in the scan. They must
 * mean to the kernel what they mean to Flink and must not fail on any row.
 *
 * @param values the kernel's SQL of each column of {@code produced}, over columns of the table
 * @param conditions the kernel's SQL of what a row must meet, over columns of the table
 * @param pruning true for every row that meets the conditions
 * @param columns of the table that the SQL reads
 * @param produced names and types of the values
 * @param timeZone that the SQL is written for
 */
public record ComputedColumns(
    List<String> values,
    List<String> conditions,
    Expression pruning,
    Set<String> columns,
    RowType produced,
    ZoneId timeZone) {
  public ComputedColumns {
    values = List.copyOf(values);
    conditions = List.copyOf(conditions);
    Objects.requireNonNull(pruning, "pruning");
    columns = Set.copyOf(columns);
    Objects.requireNonNull(produced, "produced");
    Objects.requireNonNull(timeZone, "timeZone");
    if (values.size() != produced.getFieldCount()) {
      throw new IllegalArgumentException(values + " are not the values of " + produced);
    }
  }
}
