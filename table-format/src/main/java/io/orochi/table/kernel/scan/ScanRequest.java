package io.orochi.table.kernel.scan;

import java.util.List;
import java.util.Objects;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * What a query wants of a table.
 *
 * @param snapshotId null for the current snapshot
 * @param columns top-level columns in the order wanted; empty for all
 * @param filter prunes files only: rows that fail it may still be returned, so the query keeps its
 *     own WHERE
 */
public record ScanRequest(Long snapshotId, List<String> columns, Expression filter) {
  public ScanRequest {
    columns = columns == null ? List.of() : List.copyOf(columns);
    Objects.requireNonNull(filter, "filter");
  }

  /** Everything in the current snapshot. */
  public static ScanRequest everything() {
    return new ScanRequest(null, List.of(), Expressions.alwaysTrue());
  }
}
