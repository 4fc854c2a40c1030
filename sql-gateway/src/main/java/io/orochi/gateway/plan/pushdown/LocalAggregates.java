package io.orochi.gateway.plan.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.flink.table.expressions.AggregateExpression;
import org.apache.flink.table.expressions.FieldReferenceExpression;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.planner.calcite.FlinkTypeFactory;
import org.apache.flink.table.planner.functions.aggfunctions.AvgAggFunction;
import org.apache.flink.table.planner.functions.aggfunctions.CountAggFunction;
import org.apache.flink.table.planner.functions.aggfunctions.Sum0AggFunction;
import org.apache.flink.table.planner.plan.nodes.physical.batch.BatchPhysicalGroupAggregateBase;
import org.apache.flink.table.planner.plan.utils.AggregateInfo;
import org.apache.flink.table.planner.plan.utils.AggregateUtil;
import org.apache.flink.table.planner.utils.ShortcutUtils;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.utils.TypeConversions;

/** The functions of a local aggregate, one per buffer: an average is a sum and a count. */
final class LocalAggregates {
  private final List<String> columns;
  private final RowType input;
  private final List<AggregateExpression> calls = new ArrayList<>();

  private LocalAggregates(List<String> columns, RowType input) {
    this.columns = columns;
    this.input = input;
  }

  /**
   * Empty if a function counts only some rows, distinct values or an order.
   *
   * @param columns the names by which the source knows the columns of the input
   */
  static Optional<List<AggregateExpression>> of(
      BatchPhysicalGroupAggregateBase aggregate, RelDataType inputType, List<String> columns) {
    RowType input = FlinkTypeFactory.toLogicalRowType(inputType);
    LocalAggregates written = new LocalAggregates(columns, input);
    AggregateInfo[] infos =
        AggregateUtil.transformToBatchAggregateInfoList(
                ShortcutUtils.unwrapTypeFactory(aggregate),
                input,
                aggregate.getAggCallList(),
                null,
                null)
            .aggInfos();
    for (AggregateInfo info : infos) {
      if (!isPlain(info.agg())) {
        return Optional.empty();
      }
      written.add(info);
    }
    return Optional.of(written.calls);
  }

  private static boolean isPlain(AggregateCall call) {
    return !call.isDistinct()
        && !call.isApproximate()
        && !call.hasFilter()
        && !call.ignoreNulls()
        && call.getCollation().getFieldCollations().isEmpty()
        && call.getArgList().size() <= 1;
  }

  private void add(AggregateInfo info) {
    if (info.function() instanceof AvgAggFunction average) {
      // Only the kind of these functions is looked at: the type is that of the buffer.
      calls.add(call(new Sum0AggFunction.LongSum0AggFunction(), info, average.getSumType()));
      calls.add(call(new CountAggFunction(), info, info.externalAccTypes()[1]));
    } else {
      calls.add(call((FunctionDefinition) info.function(), info, info.externalResultType()));
    }
  }

  private AggregateExpression call(FunctionDefinition function, AggregateInfo info, DataType type) {
    List<FieldReferenceExpression> arguments = new ArrayList<>();
    for (int index : info.argIndexes()) {
      arguments.add(
          new FieldReferenceExpression(
              columns.get(index),
              TypeConversions.fromLogicalToDataType(input.getTypeAt(index)),
              0,
              index));
    }
    return new AggregateExpression(function, arguments, null, type, false, false, false);
  }
}
