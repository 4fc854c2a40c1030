package io.orochi.gateway.plan.asof;

import io.orochi.gateway.plan.rel.window.WindowCall;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/**
 * What Flink can never take over: an ASOF JOIN, SESSION windows unless it streams, and {@code
 * ARRAY_AGG(x ORDER BY y)}, of which it forgets the order without a word.
 */
public final class KernelOnly {
  private KernelOnly() {}

  public static boolean is(RelNode tree, RuntimeExecutionMode mode) {
    return find(tree, mode).isPresent();
  }

  /**
   * Refuses to let Flink run such a query.
   *
   * @param reason why the kernel does not
   * @throws OrochiException ENGINE_CANNOT_RUN
   */
  public static void refuse(RelNode tree, RuntimeExecutionMode mode, String reason) {
    Optional<String> found = find(tree, mode);
    if (found.isPresent()) {
      throw OrochiException.of(
              OrochiErrorCode.ENGINE_CANNOT_RUN, "Cannot run " + found.get() + ": " + reason)
          .withDetail("Only the kernel runs this in batch, not Flink.")
          .withHint("SET 'orochi.execution.engine' = 'kernel' and see what it refuses.");
    }
  }

  /** The same for the queries of changes. */
  public static void refuse(List<ModifyOperation> changes, RuntimeExecutionMode mode) {
    for (ModifyOperation change : changes) {
      if (change.getChild() instanceof PlannerQueryOperation query) {
        refuse(query.getCalciteTree(), mode, "the kernel does not run this change");
      }
    }
  }

  private static Optional<String> find(RelNode tree, RuntimeExecutionMode mode) {
    Search search = new Search();
    tree.accept(search);
    if (search.asof) {
      return Optional.of("ASOF JOIN on Flink");
    }
    if (search.ordered) {
      return Optional.of("an aggregate with ORDER BY on Flink");
    }
    return search.session && mode != RuntimeExecutionMode.STREAMING
        ? Optional.of("SESSION windows on Flink in batch")
        : Optional.empty();
  }

  private static final class Search extends RelHomogeneousShuttle {
    private boolean asof;
    private boolean session;
    private boolean ordered;

    @Override
    public RelNode visit(RelNode node) {
      asof |= node instanceof Join join && AsofCondition.of(join.getCondition()).isPresent();
      session |= WindowCall.isSession(node);
      ordered |= node instanceof Aggregate aggregate && isOrdered(aggregate);
      node.accept(
          new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
              query.rel.accept(Search.this);
              return super.visitSubQuery(query);
            }
          });
      return super.visit(node);
    }

    private static boolean isOrdered(Aggregate aggregate) {
      return aggregate.getAggCallList().stream()
          .anyMatch(call -> !call.getCollation().getFieldCollations().isEmpty());
    }
  }
}
