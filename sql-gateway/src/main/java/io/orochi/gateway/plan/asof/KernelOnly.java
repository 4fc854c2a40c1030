package io.orochi.gateway.plan.asof;

import io.orochi.gateway.plan.rel.window.WindowCall;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/**
 * What Flink can never take over: an ASOF JOIN, SESSION windows unless it streams, {@code
 * ARRAY_AGG(x ORDER BY y)}, of which it forgets the order without a word, and in batch arrays
 * beside aggregates of distinct values.
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
    if (mode == RuntimeExecutionMode.STREAMING) {
      return Optional.empty();
    } else if (search.session) {
      return Optional.of("SESSION windows on Flink in batch");
    }
    return search.besideDistinct
        ? Optional.of("an array beside an aggregate of DISTINCT values on Flink")
        : Optional.empty();
  }

  private static final class Search extends RelHomogeneousShuttle {
    private boolean asof;
    private boolean session;
    private boolean ordered;
    private boolean besideDistinct;

    @Override
    public RelNode visit(RelNode node) {
      asof |= node instanceof Join join && AsofCondition.of(join.getCondition()).isPresent();
      session |= WindowCall.isSession(node);
      if (node instanceof Aggregate aggregate) {
        ordered |= isOrdered(aggregate);
        besideDistinct |= hasArrayBesideDistinct(aggregate);
      }
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

    /** To count distinct values Flink groups twice, and takes the MIN of the other aggregates. */
    private static boolean hasArrayBesideDistinct(Aggregate aggregate) {
      return aggregate.getAggCallList().stream().anyMatch(AggregateCall::isDistinct)
          && aggregate.getAggCallList().stream()
              .anyMatch(
                  call ->
                      !call.isDistinct() && call.getType().getSqlTypeName() == SqlTypeName.ARRAY);
    }

    private static boolean isOrdered(Aggregate aggregate) {
      return aggregate.getAggCallList().stream()
          .anyMatch(call -> !call.getCollation().getFieldCollations().isEmpty());
    }
  }
}
