package io.orochi.gateway.plan.rel.tree;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Constants that an aggregate is told through a column of its input. */
public final class Percentages {
  private Percentages() {}

  /** A constant number, or {@code [a, b, ...]} for a constant array; empty for what is computed. */
  public static Optional<String> of(RelNode below, int column) {
    return below instanceof Project project
        ? text(project.getProjects().get(column))
        : Optional.empty();
  }

  private static Optional<String> text(RexNode node) {
    if (node.getKind() == SqlKind.CAST) {
      return text(((RexCall) node).getOperands().get(0));
    }
    if (node instanceof RexCall array && array.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
      StringJoiner list = new StringJoiner(", ", "[", "]");
      for (RexNode element : array.getOperands()) {
        Optional<String> number = text(element);
        if (number.isEmpty()) {
          return Optional.empty();
        }
        list.add(number.get());
      }
      return Optional.of(list.toString());
    }
    return node instanceof RexLiteral literal && literal.getValue() instanceof BigDecimal number
        ? Optional.of(number.toPlainString())
        : Optional.empty();
  }
}
