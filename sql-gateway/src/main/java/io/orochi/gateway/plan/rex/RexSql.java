package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Digests;
import io.orochi.gateway.plan.rex.value.Inputs;
import io.orochi.gateway.plan.rex.value.Literals;
import io.orochi.gateway.plan.rex.value.RexContext;
import io.orochi.gateway.plan.sql.CannotExpress;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Writes expressions in the kernel's SQL so that values and types are Flink's. Whatever has no
 * exact equivalent is refused by {@link CannotExpress}.
 */
public final class RexSql {
  /** Deeper expressions are refused: text is copied once per level. */
  private static final int DEEPEST = 200;

  private final RexContext context;

  public RexSql(RexContext context) {
    this.context = context;
  }

  RexContext context() {
    return context;
  }

  /**
   * The SQL of an expression, safe as an operand without more parentheses, with exactly the
   * kernel's type of the expression.
   */
  public String write(RexNode node, Inputs inputs) {
    return write(node, inputs, 0);
  }

  String write(RexNode node, Inputs inputs, int depth) {
    if (depth > DEEPEST) {
      throw new CannotExpress("an expression nested more than " + DEEPEST + " levels");
    }
    if (node instanceof RexInputRef reference) {
      return inputs.column(reference.getIndex());
    }
    if (node instanceof RexLiteral literal) {
      return Literals.write(literal, context);
    }
    if (node instanceof RexFieldAccess access) {
      return fieldAccess(access, inputs, depth);
    }
    if (node instanceof RexCall call) {
      return call(new Call(call, inputs, this, depth));
    }
    throw new CannotExpress(Digests.of(node));
  }

  private String fieldAccess(RexFieldAccess access, Inputs inputs, int depth) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
      return context.subqueries().correlated(variable.id.getName(), access.getField().getIndex());
    }
    String struct = write(access.getReferenceExpr(), inputs, depth + 1);
    return "struct_extract(" + struct + ", " + SqlText.string(access.getField().getName()) + ")";
  }

  private static String call(Call call) {
    if (call.rex() instanceof RexOver) {
      return Windows.write(call);
    }
    if (call.rex() instanceof RexSubQuery) {
      return SubqueryRules.write(call);
    }
    String name = call.rex().getOperator().getName().toUpperCase(Locale.ROOT);
    Call.Rule rule = Rules.find(name);
    if (rule == null) {
      throw call.refusal("the function " + name);
    }
    return rule.write(call);
  }
}
