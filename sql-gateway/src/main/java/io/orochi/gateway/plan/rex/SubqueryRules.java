package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/** EXISTS, IN, SOME and scalar subqueries. */
final class SubqueryRules {
  private SubqueryRules() {}

  static String write(Call call) {
    RexSubQuery subquery = (RexSubQuery) call.rex();
    if (subquery.getKind() == SqlKind.EXISTS) {
      return "EXISTS (" + call.context().subqueries().selectRows(subquery.rel) + ")";
    }
    String select = "(" + call.context().subqueries().select(subquery.rel) + ")";
    return switch (subquery.getKind()) {
      case SCALAR_QUERY -> select;
      case IN -> "(" + operand(call, subquery) + " IN " + select + ")";
      case NOT_IN -> "(" + operand(call, subquery) + " NOT IN " + select + ")";
      case SOME -> some(call, subquery, select);
      default -> throw call.refusal("this subquery");
    };
  }

  /** Several columns compare as structs in the kernel, where NULL equals NULL. */
  private static String operand(Call call, RexSubQuery subquery) {
    if (call.size() != 1) {
      throw call.refusal("IN of several columns");
    }
    RelDataType column = subquery.rel.getRowType().getFieldList().get(0).getType();
    if (!Types.sameInKernel(call.type(0), column)
        && !(Types.isInteger(call.type(0)) && Types.isInteger(column))) {
      throw call.refusal("IN of different types");
    }
    return call.sql(0);
  }

  private static String some(Call call, RexSubQuery subquery, String select) {
    String operator =
        switch (((org.apache.calcite.sql.fun.SqlQuantifyOperator) subquery.getOperator())
            .comparisonKind) {
          case EQUALS -> "=";
          case NOT_EQUALS -> "<>";
          case LESS_THAN -> "<";
          case LESS_THAN_OR_EQUAL -> "<=";
          case GREATER_THAN -> ">";
          case GREATER_THAN_OR_EQUAL -> ">=";
          default -> throw call.refusal("this comparison");
        };
    return "(" + operand(call, subquery) + " " + operator + " ANY " + select + ")";
  }
}
