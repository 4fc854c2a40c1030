package io.orochi.gateway.plan.rex;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** AND, OR, NOT, IS …, CASE and its shorthands. */
final class Conditions {
  /** The kernel refuses expressions deeper than 1000, and a chain is as deep as long. */
  private static final int MOST_CONDITIONS = 500;

  private Conditions() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("AND", call -> chain(call, " AND "));
    rules.put("OR", call -> chain(call, " OR "));
    rules.put("NOT", call -> "(NOT " + call.sql(0) + ")");
    for (String suffix :
        new String[] {
          "NULL", "NOT NULL", "TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN"
        }) {
      String kernel = suffix.replace("UNKNOWN", "NULL");
      rules.put("IS " + suffix, call -> "(" + call.sql(0) + " IS " + kernel + ")");
    }
    rules.put("CASE", Conditions::caseWhen);
    rules.put("COALESCE", call -> coalesce(call, "COALESCE("));
    rules.put("IFNULL", call -> coalesce(call, "COALESCE("));
    rules.put("IF", Conditions::ifThenElse);
    rules.put("GREATEST", call -> extreme(call, "greatest("));
    rules.put("LEAST", call -> extreme(call, "least("));
  }

  /** A AND B AND C …, however deep the tree leans to the left. */
  private static String chain(Call call, String operator) {
    List<RexNode> conditions = new ArrayList<>();
    Deque<RexNode> open = new ArrayDeque<>();
    open.push(call.rex());
    SqlKind kind = call.rex().getKind();
    while (!open.isEmpty()) {
      RexNode node = open.pop();
      if (node.getKind() == kind && node instanceof RexCall same) {
        for (int i = same.getOperands().size() - 1; i >= 0; i--) {
          open.push(same.getOperands().get(i));
        }
      } else {
        conditions.add(node);
      }
    }
    List<String> texts =
        kind == SqlKind.OR
            ? Disjunctions.write(call, conditions)
            : conditions.stream().map(call::sql).toList();
    if (texts.size() > MOST_CONDITIONS) {
      throw call.refusal("more than " + MOST_CONDITIONS + " conditions");
    }
    return "(" + String.join(operator, texts) + ")";
  }

  private static String caseWhen(Call call) {
    StringBuilder sql = new StringBuilder("CASE");
    RelDataType type = call.type();
    int last = call.size() - 1;
    for (int i = 0; i + 1 <= last; i += 2) {
      sql.append(" WHEN ").append(call.sql(i)).append(" THEN ").append(call.sqlAs(i + 1, type));
    }
    return sql.append(" ELSE ").append(call.sqlAs(last, type)).append(" END").toString();
  }

  private static String ifThenElse(Call call) {
    return "CASE WHEN "
        + call.sql(0)
        + " THEN "
        + call.sqlAs(1, call.type())
        + " ELSE "
        + call.sqlAs(2, call.type())
        + " END";
  }

  private static String coalesce(Call call, String function) {
    StringBuilder sql = new StringBuilder(function);
    for (int i = 0; i < call.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(call.sqlAs(i, call.type()));
    }
    return sql.append(')').toString();
  }

  /** NULL if any operand is NULL; the kernel's own functions skip NULLs. */
  private static String extreme(Call call, String function) {
    StringBuilder anyNull = new StringBuilder();
    for (int i = 0; i < call.size(); i++) {
      if (call.type(i).isNullable()) {
        anyNull.append(anyNull.length() == 0 ? "" : " OR ").append(call.sql(i)).append(" IS NULL");
      }
    }
    String value = coalesce(call, function);
    return anyNull.length() == 0
        ? value
        : "CASE WHEN " + anyNull + " THEN NULL ELSE " + value + " END";
  }
}
