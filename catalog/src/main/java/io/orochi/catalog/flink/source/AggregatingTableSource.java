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
    return !mayCountExpressions(groupingSets, calls)
        && aggregate(groupingSets, calls, producedType);
  }

  /**
   * Where there are counts alone, Flink's rule does not look at what is computed between the scan
   * and the aggregate: {@code SELECT n / 2, COUNT(*) ... GROUP BY n / 2} arrives as grouped by
   * {@code n}. Only a count of all rows means the same then.
   */
  private static boolean mayCountExpressions(
      List<int[]> groupingSets, List<AggregateExpression> calls) {
    return calls.stream().allMatch(PartialAggregates::counts)
        && (groupingSets.stream().anyMatch(grouping -> grouping.length > 0)
            || calls.stream().anyMatch(call -> !call.getArgs().isEmpty()));
  }

  @Override
  public DynamicTableSource copy() {
    return new AggregatingTableSource(this);
  }
}
