package io.orochi.catalog.flink.source;

import java.util.List;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsAggregatePushDown;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;

/**
 * A kernel source that also takes over local aggregates. Flink's planner fails when it describes
 * the average of a DECIMAL to such a source, so tables with one are read without.
 */
final class AggregatingTableSource extends KernelTableSource implements SupportsAggregatePushDown {

  AggregatingTableSource(PinnedTable pinned, RowType produced, List<String> folders) {
    super(pinned, produced, folders);
  }

  private AggregatingTableSource(AggregatingTableSource other) {
    super(other);
  }

  static boolean canPlan(RowType rowType) {
    return rowType.getChildren().stream().noneMatch(type -> type.is(LogicalTypeRoot.DECIMAL));
  }

  @Override
  public boolean applyAggregates(
      List<int[]> groupingSets, List<AggregateExpression> calls, DataType producedType) {
    return aggregate(groupingSets, calls, producedType);
  }

  @Override
  public DynamicTableSource copy() {
    return new AggregatingTableSource(this);
  }
}
