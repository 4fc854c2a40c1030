package io.orochi.gateway.plan.rex;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;

/** {@code f(…) OVER (…)}. */
final class Windows {
  private Windows() {}

  static String write(Call call) {
    RexOver over = (RexOver) call.rex();
    if (over.isDistinct()) {
      throw call.refusal("DISTINCT");
    }
    String name = over.getAggOperator().getName().toUpperCase(Locale.ROOT);
    boolean framed = true;
    String function;
    switch (name) {
      case "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST" -> {
        function = name.toLowerCase(Locale.ROOT) + "()";
        framed = false;
      }
      case "NTILE" -> {
        function = "ntile(" + call.sql(0) + ")";
        framed = false;
      }
      case "LAG", "LEAD" -> {
        function = offset(call, name.toLowerCase(Locale.ROOT), over);
        framed = false;
      }
      case "FIRST_VALUE", "LAST_VALUE" ->
          function = name.toLowerCase(Locale.ROOT) + "(" + call.sql(0) + " IGNORE NULLS)";
      case "COUNT" -> function = count(call);
      case "SUM", "$SUM0", "MIN", "MAX" ->
          function =
              name.replace("$SUM0", "SUM").toLowerCase(Locale.ROOT)
                  + "("
                  + summed(call, name)
                  + ")";
      default -> throw call.refusal("the window function " + name);
    }
    String value = function + " OVER (" + window(call, over.getWindow(), framed) + ")";
    return call.typed(name.equals("$SUM0") ? "coalesce(" + value + ", 0)" : value);
  }

  private static String summed(Call call, String name) {
    boolean extreme = name.equals("MIN") || name.equals("MAX");
    if (!extreme && call.type().getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.FLOAT) {
      throw call.refusal("a sum of FLOAT");
    }
    return call.sql(0);
  }

  private static String count(Call call) {
    if (call.size() > 1) {
      throw call.refusal("COUNT of several columns");
    }
    return call.size() == 0 ? "count(*)" : "count(" + call.sql(0) + ")";
  }

  private static String offset(Call call, String function, RexOver over) {
    if (over.ignoreNulls()) {
      throw call.refusal("IGNORE NULLS");
    }
    StringBuilder sql = new StringBuilder(function).append('(').append(call.sqlAs(0, call.type()));
    if (call.size() > 1) {
      sql.append(", ").append(call.sql(1));
    }
    if (call.size() > 2) {
      sql.append(", ").append(call.sqlAs(2, call.type()));
    }
    return sql.append(')').toString();
  }

  private static String window(Call call, RexWindow window, boolean framed) {
    List<String> parts = new ArrayList<>();
    if (!window.partitionKeys.isEmpty()) {
      parts.add(
          "PARTITION BY "
              + String.join(", ", window.partitionKeys.stream().map(call::sql).toList()));
    }
    if (!window.orderKeys.isEmpty()) {
      parts.add(
          "ORDER BY "
              + String.join(", ", window.orderKeys.stream().map(key -> key(call, key)).toList()));
    }
    if (framed && !(window.getLowerBound().isUnbounded() && window.orderKeys.isEmpty())) {
      parts.add(
          (window.isRows() ? "ROWS" : "RANGE")
              + " BETWEEN "
              + bound(call, window.getLowerBound())
              + " AND "
              + bound(call, window.getUpperBound()));
    }
    return String.join(" ", parts);
  }

  private static String key(Call call, RexFieldCollation key) {
    boolean descending = key.getDirection().isDescending();
    boolean nullsFirst = key.getNullDirection() == RelFieldCollation.NullDirection.FIRST;
    return call.sql(key.left)
        + (descending ? " DESC" : " ASC")
        + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
  }

  private static String bound(Call call, RexWindowBound bound) {
    if (bound.isCurrentRow()) {
      return "CURRENT ROW";
    }
    String side = bound.isPreceding() ? " PRECEDING" : " FOLLOWING";
    return bound.isUnbounded() ? "UNBOUNDED" + side : call.sql(bound.getOffset()) + side;
  }
}
