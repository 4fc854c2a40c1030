package io.orochi.gateway.plan.rel.tree;

import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** The columns of a node on which conditions stand that its input alone decides. */
final class Conditioned {
  private Conditioned() {}

  /**
   * Those of the node's input number {@code input}; rather too many than too few.
   *
   * @param above those of the node itself
   */
  static ImmutableBitSet below(RelNode node, int input, ImmutableBitSet above) {
    if (node instanceof Filter filter) {
      return above.union(of(filter.getCondition()));
    }
    if (node instanceof Project project) {
      return References.of(above.asList().stream().map(project.getProjects()::get).toList());
    }
    if (node instanceof Join join) {
      ImmutableBitSet both = above.union(of(join.getCondition()));
      int width = join.getLeft().getRowType().getFieldCount();
      ImmutableBitSet left = ImmutableBitSet.range(width);
      return input == 0 ? both.intersect(left) : both.except(left).shift(-width);
    }
    if (node instanceof Aggregate aggregate) {
      ImmutableBitSet.Builder keys = ImmutableBitSet.builder();
      above.asList().stream()
          .filter(column -> column < aggregate.getGroupCount())
          .forEach(column -> keys.set(aggregate.getGroupSet().nth(column)));
      return keys.build();
    }
    if (node instanceof Sort sort && (sort.fetch != null || sort.offset != null)) {
      return ImmutableBitSet.of();
    }
    if (node instanceof SetOp || node instanceof Sort || above.isEmpty()) {
      return above;
    }
    return ImmutableBitSet.range(node.getInput(input).getRowType().getFieldCount());
  }

  /** An equality of two columns joins, and what a sub-query finds is not known yet. */
  private static ImmutableBitSet of(RexNode condition) {
    ImmutableBitSet columns = ImmutableBitSet.of();
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      if (!References.hasSubquery(conjunct) && !joins(conjunct)) {
        columns = columns.union(References.of(conjunct));
      }
    }
    return columns;
  }

  private static boolean joins(RexNode conjunct) {
    return conjunct.getKind() == SqlKind.EQUALS
        && ((RexCall) conjunct)
            .getOperands().stream().noneMatch(operand -> References.of(operand).isEmpty());
  }
}
