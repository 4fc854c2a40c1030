package io.orochi.gateway.plan.params;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Puts values in the places of a tree's parameters; the tree itself stays as it is. */
public final class BoundTree {
  private BoundTree() {}

  /**
   * @param types of the parameters, in order
   * @return empty if a value is not exactly one of its parameter's type
   */
  public static Optional<RelNode> of(RelNode tree, List<RelDataType> types, List<Object> values) {
    RexBuilder builder = tree.getCluster().getRexBuilder();
    List<RexLiteral> literals = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Optional<RexLiteral> literal = ValueLiterals.of(values.get(i), types.get(i), builder);
      if (literal.isEmpty()) {
        return Optional.empty();
      }
      literals.add(literal.get());
    }
    return Optional.of(new Binding(literals).bind(tree));
  }

  private static final class Binding extends RelHomogeneousShuttle {
    private final List<RexLiteral> literals;
    private final RexShuttle expressions =
        new RexShuttle() {
          @Override
          public RexNode visitDynamicParam(RexDynamicParam parameter) {
            return literals.get(parameter.getIndex());
          }

          @Override
          public RexNode visitSubQuery(RexSubQuery subQuery) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
            return visited.clone(bind(visited.rel));
          }
        };

    Binding(List<RexLiteral> literals) {
      this.literals = literals;
    }

    RelNode bind(RelNode tree) {
      return tree.accept(this);
    }

    @Override
    public RelNode visit(RelNode node) {
      return super.visit(node).accept(expressions);
    }
  }
}
