package io.orochi.gateway.plan.pushdown;

import io.orochi.catalog.flink.source.KernelTableSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptRuleOperand;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalGroupAggregateBase;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalLocalHashAggregate;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalLocalSortAggregate;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalSort;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalTableSourceScan;
import org.apache.flink.table.types.logical.RowType;

/** Lets the kernel compute the local aggregates right above a scan. */
final class LocalAggregateRule extends RelOptRule {
  static final LocalAggregateRule HASHED =
      new LocalAggregateRule(
          operand(BatchPhysicalLocalHashAggregate.class, scan()), "KernelLocalHashAggregateRule");

  /** The order serves the local aggregate alone: the global one sorts again after its exchange. */
  static final LocalAggregateRule SORTED =
      new LocalAggregateRule(
          operand(BatchPhysicalLocalSortAggregate.class, operand(BatchPhysicalSort.class, scan())),
          "KernelLocalSortAggregateRule");

  /** Without keys there is no sort. */
  static final LocalAggregateRule WHOLE =
      new LocalAggregateRule(
          operand(BatchPhysicalLocalSortAggregate.class, scan()), "KernelLocalAggregateRule");

  private LocalAggregateRule(RelOptRuleOperand operand, String description) {
    super(operand, description);
  }

  private static RelOptRuleOperand scan() {
    return operand(BatchPhysicalTableSourceScan.class, none());
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    BatchPhysicalGroupAggregateBase aggregate = call.rel(0);
    BatchPhysicalTableSourceScan scan = call.rel(call.rels.length - 1);
    Optional<KernelTableSource> source = KernelScans.source(scan);
    if (source.isEmpty()) {
      return;
    }
    int[] keys =
        IntStream.concat(IntStream.of(aggregate.grouping()), IntStream.of(aggregate.auxGrouping()))
            .toArray();
    RowType buffers = FlinkTypeFactory.toLogicalRowType(aggregate.getRowType());
    Optional<List<AggregateExpression>> calls =
        LocalAggregates.of(aggregate, scan.getRowType(), source.get().columnNames());
    calls
        .flatMap(found -> source.get().aggregating(keys, found, buffers))
        .ifPresent(
            partial ->
                call.transformTo(KernelScans.replace(scan, partial, aggregate.getRowType())));
  }
}
