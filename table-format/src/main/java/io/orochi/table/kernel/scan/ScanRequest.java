package io.orochi.table.kernel.scan;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;

/**
 * What a query wants of a table.
 *
 * @param snapshotId null for the current snapshot
 * @param columns top-level columns in the order wanted; empty for all
 * @param filter prunes files only: rows that fail it may still be returned, so the query keeps its
 *     own WHERE
 * @param statistics columns whose least and greatest values the plan's files shall tell
 * @param schema whose columns {@code columns}, {@code filter} and {@code statistics} name
 */
public record ScanRequest(
    Long snapshotId,
    List<String> columns,
    Expression filter,
    Set<String> statistics,
    SchemaOf schema) {
  public ScanRequest {
    columns = columns == null ? List.of() : List.copyOf(columns);
    Objects.requireNonNull(filter, "filter");
    statistics = new TreeSet<>(statistics);
    Objects.requireNonNull(schema, "schema");
  }

  /** Without statistics. */
  public ScanRequest(Long snapshotId, List<String> columns, Expression filter, SchemaOf schema) {
    this(snapshotId, columns, filter, Set.of(), schema);
  }

  /** Columns as they were when the snapshot was made. */
  public ScanRequest(Long snapshotId, List<String> columns, Expression filter) {
    this(snapshotId, columns, filter, SchemaOf.SNAPSHOT);
  }

  /** Everything in the current snapshot. */
  public static ScanRequest everything() {
    return new ScanRequest(null, List.of(), Expressions.alwaysTrue());
  }

  /** By which schema an older snapshot is read. */
  public enum SchemaOf {
    /** As it was: FOR SYSTEM_TIME AS OF. */
    SNAPSHOT,
    /** As it is now: columns added since are NULL, renamed ones have their new name. */
    TABLE
  }
}
