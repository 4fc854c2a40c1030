package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.type.SqlTypeName;

/** Arrays, maps and rows. */
final class Containers {
  private Containers() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("ITEM", Containers::item);
    rules.put("ARRAY", Containers::array);
    rules.put("CARDINALITY", Containers::cardinality);
    rules.put("ARRAY_REVERSE", call -> call.typed("list_reverse(" + elements(call) + ")"));
    rules.put("ARRAY_MAX", call -> call.typed("list_max(" + ordered(call) + ")"));
    rules.put("ARRAY_MIN", call -> call.typed("list_min(" + ordered(call) + ")"));
    rules.put("ARRAY_CONTAINS", Containers::contains);
    rules.put("ARRAY_POSITION", Containers::position);
    rules.put("ARRAY_APPEND", Containers::append);
    rules.put("ARRAY_CONCAT", Containers::concatenate);
    rules.put("MAP", Containers::map);
    rules.put("MAP_KEYS", call -> call.typed("map_keys(" + entries(call) + ")"));
    rules.put("MAP_VALUES", call -> call.typed("map_values(" + entries(call) + ")"));
    rules.put("MAP_ENTRIES", call -> call.typed("map_entries(" + entries(call) + ")"));
    rules.put("MAP_FROM_ARRAYS", Containers::fromArrays);
    rules.put("MAP_UNION", Containers::union);
    Lists.addTo(rules);
  }

  static String elements(Call call) {
    if (call.type(0).getSqlTypeName() != SqlTypeName.ARRAY) {
      throw call.refusal("elements of " + call.type(0));
    }
    return call.sql(0);
  }

  /** NaN has another place in Flink's order. */
  static String ordered(Call call) {
    String elements = elements(call);
    if (Types.isApproximate(call.type(0).getComponentType())) {
      throw call.refusal("an order of " + call.type(0));
    }
    return elements;
  }

  /** The first place of a value that may be NULL; NULL if there is none. */
  private static String place(Call call) {
    String elements = ordered(call);
    return "list_position("
        + elements
        + ", "
        + call.sqlAs(1, call.type(0).getComponentType())
        + ")";
  }

  private static String contains(Call call) {
    return "(CASE WHEN " + call.sql(0) + " IS NOT NULL THEN " + place(call) + " IS NOT NULL END)";
  }

  private static String position(Call call) {
    return call.typed(
        "CASE WHEN "
            + call.sql(0)
            + " IS NOT NULL AND "
            + call.sql(1)
            + " IS NOT NULL THEN coalesce("
            + place(call)
            + ", 0) END");
  }

  private static String append(Call call) {
    String element = call.sqlAs(1, call.type().getComponentType());
    return call.typed(
        "CASE WHEN "
            + call.sql(0)
            + " IS NOT NULL THEN list_append("
            + call.sqlAs(0, call.type())
            + ", "
            + element
            + ") END");
  }

  private static String concatenate(Call call) {
    StringBuilder present = new StringBuilder(call.sql(0) + " IS NOT NULL");
    String all = call.sqlAs(0, call.type());
    for (int i = 1; i < call.size(); i++) {
      present.append(" AND ").append(call.sql(i)).append(" IS NOT NULL");
      all = "list_concat(" + all + ", " + call.sqlAs(i, call.type()) + ")";
    }
    return call.typed("CASE WHEN " + present + " THEN " + all + " END");
  }

  private static String array(Call call) {
    StringBuilder sql = new StringBuilder("[");
    for (int i = 0; i < call.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(call.sqlAs(i, call.type().getComponentType()));
    }
    return call.typed(sql.append(']').toString());
  }

  private static String item(Call call) {
    SqlTypeName container = call.type(0).getSqlTypeName();
    if (container == SqlTypeName.MAP) {
      if (!call.type().isNullable()) {
        throw call.refusal("a value of no key that Flink takes for one");
      }
      return "map_extract_value(" + call.sql(0) + ", " + call.sql(1) + ")";
    }
    if (container == SqlTypeName.ARRAY && call.wholeNumber(1).orElse(0) >= 1) {
      return "list_extract(" + call.sql(0) + ", " + call.sql(1) + ")";
    }
    throw call.refusal("a computed position");
  }

  private static String cardinality(Call call) {
    if (call.type(0).getSqlTypeName() == SqlTypeName.MULTISET) {
      throw call.refusal("a MULTISET");
    }
    String function = call.type(0).getSqlTypeName() == SqlTypeName.MAP ? "cardinality(" : "len(";
    return call.typed(function + call.sql(0) + ")");
  }

  /** A NULL or a repeated key, which Flink takes, is an error; Flink is asked then. */
  private static String map(Call call) {
    RelDataType type = call.type();
    StringBuilder keys = new StringBuilder();
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < call.size(); i += 2) {
      keys.append(i == 0 ? "" : ", ").append(call.sqlAs(i, type.getKeyType()));
      values.append(i == 0 ? "" : ", ").append(call.sqlAs(i + 1, type.getValueType()));
    }
    return call.typed("map([" + keys + "], [" + values + "])");
  }

  /** A map whose entries stand in a known order. */
  private static String entries(Call call) {
    if (call.type(0).getSqlTypeName() != SqlTypeName.MAP) {
      throw call.refusal("entries of " + call.type(0));
    }
    if (call.node(0) instanceof RexCall inner
        && inner.getOperator().getName().equalsIgnoreCase("MAP_UNION")) {
      throw call.refusal("the order of a union");
    }
    return call.sql(0);
  }

  private static String fromArrays(Call call) {
    return call.typed(
        "CASE WHEN "
            + call.sql(0)
            + " IS NOT NULL AND "
            + call.sql(1)
            + " IS NOT NULL THEN map("
            + call.sql(0)
            + ", "
            + call.sql(1)
            + ") END");
  }

  /** The last of several values of a key. */
  private static String union(Call call) {
    StringBuilder present = new StringBuilder();
    StringBuilder maps = new StringBuilder();
    for (int i = 0; i < call.size(); i++) {
      present.append(i == 0 ? "" : " AND ").append(call.sql(i)).append(" IS NOT NULL");
      maps.append(i == 0 ? "" : ", ").append(call.sqlAs(i, call.type()));
    }
    return call.typed("CASE WHEN " + present + " THEN map_concat(" + maps + ") END");
  }
}
