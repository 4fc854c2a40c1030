package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** x = 1 OR x = 2 … as x IN (1, 2, …): the kernel limits the depth of OR but not IN. */
final class Disjunctions {
  private static final int FEWEST = 3;

  private Disjunctions() {}

  /** The conditions joined by OR, in order of first appearance. */
  static List<String> write(Call call, List<RexNode> conditions) {
    Map<RexNode, List<RexNode>> points = new LinkedHashMap<>();
    for (RexNode condition : conditions) {
      if (isPoint(condition)) {
        RexNode column = ((RexCall) condition).getOperands().get(0);
        points
            .computeIfAbsent(column, key -> new ArrayList<>())
            .add(((RexCall) condition).getOperands().get(1));
      }
    }
    List<String> texts = new ArrayList<>();
    for (RexNode condition : conditions) {
      RexNode column = isPoint(condition) ? ((RexCall) condition).getOperands().get(0) : null;
      List<RexNode> values = column == null ? null : points.get(column);
      if (column == null || values != null && values.size() < FEWEST) {
        texts.add(call.sql(condition));
      } else if (values != null) {
        texts.add(in(call, column, values));
        points.remove(column);
      }
    }
    return texts;
  }

  private static String in(Call call, RexNode column, List<RexNode> values) {
    List<String> texts = values.stream().map(call::sql).toList();
    return "(" + call.sql(column) + " IN (" + String.join(", ", texts) + "))";
  }

  private static boolean isPoint(RexNode condition) {
    return condition.getKind() == SqlKind.EQUALS
        && condition instanceof RexCall equal
        && equal.getOperands().get(0) instanceof RexInputRef reference
        && equal.getOperands().get(1) instanceof RexLiteral literal
        && !literal.isNull()
        && Types.sameInKernel(reference.getType(), literal.getType());
  }
}
