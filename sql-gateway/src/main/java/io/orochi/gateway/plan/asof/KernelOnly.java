package io.orochi.gateway.plan.asof;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/** Queries that Flink can never take over. */
public final class KernelOnly {
  private KernelOnly() {}

  public static boolean is(RelNode tree) {
    Search search = new Search();
    tree.accept(search);
    return search.found;
  }

  /**
   * Refuses to let Flink run such a query.
   *
   * @param reason why the kernel does not
   * @throws OrochiException ENGINE_CANNOT_RUN
   */
  public static void refuse(RelNode tree, String reason) {
    if (is(tree)) {
      throw OrochiException.of(
              OrochiErrorCode.ENGINE_CANNOT_RUN, "Cannot run ASOF JOIN on Flink: " + reason)
          .withDetail("Only the kernel knows ASOF JOIN.")
          .withHint("SET 'orochi.execution.engine' = 'kernel' and see what it refuses.");
    }
  }

  /** The same for the queries of changes. */
  public static void refuse(List<ModifyOperation> changes) {
    for (ModifyOperation change : changes) {
      if (change.getChild() instanceof PlannerQueryOperation query) {
        refuse(query.getCalciteTree(), "the kernel does not run this change");
      }
    }
  }

  private static final class Search extends RelHomogeneousShuttle {
    private boolean found;

    @Override
    public RelNode visit(RelNode node) {
      if (node instanceof Join join && AsofCondition.of(join.getCondition()).isPresent()) {
        found = true;
      }
      node.accept(
          new RexShuttle() {
            @Override
            public org.apache.calcite.rex.RexNode visitSubQuery(RexSubQuery query) {
              query.rel.accept(Search.this);
              return super.visitSubQuery(query);
            }
          });
      return super.visit(node);
    }
  }
}
