package io.orochi.gateway.plan.rel.tree;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.util.ImmutableBitSet;

/** What subqueries, however deep, read of the rows around them. */
public final class Correlations {
  private Correlations() {}

  /** The columns of the rows called {@code variables} that {@code expressions} read. */
  public static ImmutableBitSet columns(Set<CorrelationId> variables, List<RexNode> expressions) {
    if (variables.isEmpty()) {
      return ImmutableBitSet.of();
    }
    Finder finder = new Finder(variables);
    expressions.forEach(expression -> expression.accept(finder));
    return finder.columns.build();
  }

  private static final class Finder extends RexShuttle {
    private final ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
    private final Set<CorrelationId> variables;

    Finder(Set<CorrelationId> variables) {
      this.variables = variables;
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      if (access.getReferenceExpr() instanceof RexCorrelVariable variable
          && variables.contains(variable.id)) {
        columns.set(access.getField().getIndex());
      }
      return super.visitFieldAccess(access);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subquery) {
      visit(subquery.rel);
      return super.visitSubQuery(subquery);
    }

    private void visit(RelNode node) {
      node.accept(this);
      node.getInputs().forEach(this::visit);
    }
  }
}
