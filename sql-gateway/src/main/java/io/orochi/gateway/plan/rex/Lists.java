package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.SqlText;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions that give an array or text of an array's elements. NULL is an element like others. */
final class Lists {
  private Lists() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("ARRAY_DISTINCT", call -> call.typed(distinct(Containers.ordered(call))));
    rules.put("ARRAY_UNION", Lists::union);
    rules.put("ARRAY_EXCEPT", call -> among(call, " IS NULL"));
    rules.put("ARRAY_INTERSECT", call -> among(call, " IS NOT NULL"));
    rules.put("ARRAY_REMOVE", Lists::remove);
    rules.put("ARRAY_PREPEND", Lists::prepend);
    rules.put("ARRAY_SORT", Lists::sort);
    rules.put("ARRAY_SLICE", Lists::slice);
    rules.put("ARRAY_JOIN", Lists::join);
  }

  /** Each element at its first place. */
  private static String distinct(String list) {
    return "list_filter(" + list + ", lambda x, i: list_position(" + list + ", x) = i)";
  }

  private static String union(Call call) {
    Containers.ordered(call);
    String all = "list_concat(" + both(call, 0) + ", " + both(call, 1) + ")";
    return unlessNull(call, distinct(all));
  }

  private static String both(Call call, int operand) {
    return call.sqlAs(operand, call.type());
  }

  private static String unlessNull(Call call, String value) {
    return call.typed(
        "CASE WHEN "
            + call.sql(0)
            + " IS NOT NULL AND "
            + call.sql(1)
            + " IS NOT NULL THEN "
            + value
            + " END");
  }

  /** The elements of the first array, each once, that the second has or has not. */
  private static String among(Call call, String has) {
    Containers.ordered(call);
    requireSame(call.type(0), call.type(1), call);
    String place = "list_position(" + call.sql(1) + ", x)" + has;
    String kept = "list_filter(" + call.sql(0) + ", lambda x: " + place + ")";
    return unlessNull(call, distinct(kept));
  }

  private static void requireSame(RelDataType left, RelDataType right, Call call) {
    if (!Types.sameInKernel(left, right)) {
      throw call.refusal("arrays of different types");
    }
  }

  private static String remove(Call call) {
    String elements = Containers.ordered(call);
    String removed = call.sqlAs(1, call.type(0).getComponentType());
    return call.typed(
        "list_filter(" + elements + ", lambda x: x IS DISTINCT FROM " + removed + ")");
  }

  private static String prepend(Call call) {
    Containers.elements(call);
    return call.typed(
        "CASE WHEN "
            + call.sql(0)
            + " IS NOT NULL THEN list_prepend("
            + call.sqlAs(1, call.type().getComponentType())
            + ", "
            + call.sqlAs(0, call.type())
            + ") END");
  }

  /** Ascending with NULL first unless literals say otherwise; NULL goes with the direction. */
  private static String sort(Call call) {
    String elements = Containers.ordered(call);
    boolean ascending = call.size() < 2 || isTrue(call, 1);
    boolean nullFirst = call.size() < 3 ? ascending : isTrue(call, 2);
    return call.typed(
        "list_sort("
            + elements
            + (ascending ? ", 'ASC'" : ", 'DESC'")
            + (nullFirst ? ", 'NULLS FIRST')" : ", 'NULLS LAST')"));
  }

  private static boolean isTrue(Call call, int operand) {
    return call.literal(operand)
        .filter(literal -> literal.getType().getSqlTypeName() == SqlTypeName.BOOLEAN)
        .orElseThrow(() -> call.refusal("a computed direction"))
        .isAlwaysTrue();
  }

  private static String slice(Call call) {
    String elements = Containers.elements(call);
    OptionalInt from = call.wholeNumber(1);
    OptionalInt to = call.size() > 2 ? call.wholeNumber(2) : OptionalInt.of(Integer.MAX_VALUE);
    if (from.isEmpty() || to.isEmpty() || from.getAsInt() < 1 || to.getAsInt() < from.getAsInt()) {
      throw call.refusal("a place that is computed, less than 1 or after the end");
    }
    return call.typed(
        "list_slice(" + elements + ", " + from.getAsInt() + ", " + to.getAsInt() + ")");
  }

  /** Leaves NULLs out, or puts the third operand in their place. */
  private static String join(Call call) {
    String elements = Containers.elements(call);
    if (!Types.isText(call.type(0).getComponentType())) {
      throw call.refusal("text of " + call.type(0));
    }
    String between = call.text(1).orElseThrow(() -> call.refusal("a computed delimiter"));
    String texts = elements;
    if (call.size() > 2) {
      String instead = call.text(2).orElseThrow(() -> call.refusal("a computed text for NULL"));
      texts =
          "list_transform("
              + elements
              + ", lambda x: coalesce(x, "
              + SqlText.string(instead)
              + "))";
    }
    String present = "list_filter(" + texts + ", lambda x: x IS NOT NULL)";
    String joined = "array_to_string(" + present + ", " + SqlText.string(between) + ")";
    return "CASE WHEN " + elements + " IS NOT NULL THEN coalesce(" + joined + ", '') END";
  }
}
