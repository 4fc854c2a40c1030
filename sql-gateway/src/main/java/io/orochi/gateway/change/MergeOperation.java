package io.orochi.gateway.change;

import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.ModifyOperationVisitor;
import org.apache.flink.table.operations.QueryOperation;

/**
 * A validated MERGE, which Flink's planner knows nothing of.
 *
 * @param rows a row for each change: the new row's columns, whether it is written, and the place of
 *     the old row, which is NULL for a new one
 */
public record MergeOperation(TargetTable target, RelNode rows) implements ModifyOperation {
  /** There is no query that a sink could take. */
  @Override
  public QueryOperation getChild() {
    return null;
  }

  @Override
  public <T> T accept(ModifyOperationVisitor<T> visitor) {
    throw new UnsupportedOperationException("MERGE runs on the kernel only");
  }

  @Override
  public String asSummaryString() {
    return "MERGE INTO " + target.name();
  }
}
