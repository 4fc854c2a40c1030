package io.orochi.gateway.plan.rex;

import java.util.Map;
import org.apache.calcite.sql.type.SqlTypeName;

/** Arrays, maps and rows. */
final class Containers {
  private Containers() {}

  static void addTo(Map<String, CallRule> rules) {
    rules.put("ITEM", Containers::item);
    rules.put("ARRAY", Containers::array);
    rules.put("CARDINALITY", Containers::cardinality);
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
}
