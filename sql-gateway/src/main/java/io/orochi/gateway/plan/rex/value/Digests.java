package io.orochi.gateway.plan.rex.value;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/** Names expressions to people: operator and operands, two levels deep. */
public final class Digests {
  private static final int LEVELS = 2;

  private Digests() {}

  public static String of(RexNode node) {
    StringBuilder text = new StringBuilder();
    append(node, LEVELS, text);
    return text.toString();
  }

  private static void append(RexNode node, int levels, StringBuilder text) {
    if (node instanceof RexSubQuery) {
      text.append("a subquery");
    } else if (node instanceof RexLiteral) {
      text.append(node);
    } else if (!(node instanceof RexCall call)) {
      text.append(node.getType().getSqlTypeName());
    } else if (levels == 0) {
      text.append(call.getOperator().getName()).append("(…)");
    } else {
      text.append(call.getOperator().getName()).append('(');
      for (int i = 0; i < call.getOperands().size(); i++) {
        text.append(i == 0 ? "" : ", ");
        append(call.getOperands().get(i), levels - 1, text);
      }
      text.append(')');
      appendTarget(call, text);
    }
  }

  private static void appendTarget(RexCall call, StringBuilder text) {
    if (call.getOperator().getName().endsWith("CAST")) {
      text.append(" AS ").append(call.getType());
    }
  }
}
