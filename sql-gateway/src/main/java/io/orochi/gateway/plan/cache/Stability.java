package io.orochi.gateway.plan.cache;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlOperator;

/** How long what a query means stays the same while its tables do. */
public enum Stability {
  /** For ever: the same plan and the same rows. */
  ALWAYS,
  /** The same plan, but other rows each time: RAND, UUID. */
  PLAN_ONLY,
  /** For one execution: the plan holds the time or values of parameters. */
  TREE_ONLY,
  /** Not even the tree: the catalog has looked at the clock. */
  NEVER;

  private static final Set<String> CLOCK =
      Set.of(
          "NOW",
          "CURRENT_TIMESTAMP",
          "CURRENT_ROW_TIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "UNIX_TIMESTAMP",
          "PROCTIME",
          "CURRENT_WATERMARK");
  private static final Set<String> RANDOM = Set.of("RAND", "RAND_INTEGER", "UUID");

  public static Stability of(RelNode tree) {
    Walk walk = new Walk();
    walk.go(tree);
    return walk.found;
  }

  private static Stability of(SqlOperator operator) {
    String name = operator.getName().toUpperCase(Locale.ROOT);
    if (operator.isDynamicFunction() || CLOCK.contains(name)) {
      return TREE_ONLY;
    }
    return operator.isDeterministic() && !RANDOM.contains(name) ? ALWAYS : PLAN_ONLY;
  }

  /** Looks at every expression, also those of sub-queries. */
  private static final class Walk extends RelVisitor {
    private Stability found = ALWAYS;
    private final RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            worsen(of(call.getOperator()));
            return super.visitCall(call);
          }

          @Override
          public RexNode visitOver(RexOver over) {
            worsen(of(over.getAggOperator()));
            return super.visitOver(over);
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            go(subQuery.rel);
            return super.visitSubQuery(subQuery);
          }

          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            worsen(TREE_ONLY);
            return parameter;
          }
        };

    @Override
    public void visit(RelNode node, int ordinal, RelNode parent) {
      if (node instanceof Snapshot snapshot && !(snapshot.getPeriod() instanceof RexLiteral)) {
        worsen(NEVER);
      }
      node.accept(expressions);
      super.visit(node, ordinal, parent);
    }

    private void worsen(Stability other) {
      found = found.compareTo(other) >= 0 ? found : other;
    }
  }
}
