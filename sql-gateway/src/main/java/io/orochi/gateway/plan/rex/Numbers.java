package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.calcite.sql.type.SqlTypeName;

/** Functions of numbers whose kernel equivalent depends on the operand's type. */
final class Numbers {
  private static final int WIDEST = 38;
  private static final int MOST_PLACES = 15;

  private Numbers() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("ROUND", Numbers::roundTo);
    rules.put("ABS", call -> ofNumber(call, "abs(" + call.sql(0) + ")"));
    rules.put("LOG", Numbers::logarithm);
    rules.put("SIGN", Numbers::sign);
    for (String function : new String[] {"SQRT", "EXP", "LN", "LOG10", "LOG2"}) {
      String kernel = function.toLowerCase(java.util.Locale.ROOT);
      rules.put(function, call -> ofDoubles(call, kernel));
    }
    for (String function :
        new String[] {
          "SIN", "COS", "TAN", "SINH", "COSH", "TANH", "COT", "ASIN", "ACOS", "ATAN", "ATAN2",
          "POWER", "RADIANS", "DEGREES"
        }) {
      String kernel = function.toLowerCase(java.util.Locale.ROOT);
      rules.put(function, call -> ofDoubles(call, kernel));
    }
  }

  private static String ofNumber(Call call, String sql) {
    if (!Types.isNumber(call.type(0))) {
      throw call.refusal("a number from " + call.type(0));
    }
    return call.typed(sql);
  }

  /** NaN and a negative zero are their own signs. */
  private static String sign(Call call) {
    String value = call.sql(0);
    String sign = "sign(" + value + ")";
    return ofNumber(
        call,
        Types.isApproximate(call.type(0))
            ? "CASE WHEN %1$s <> 0 AND NOT isnan(%1$s) THEN %2$s ELSE %1$s END"
                .formatted(value, sign)
            : sign);
  }

  /** The natural one, or with its base first. */
  private static String logarithm(Call call) {
    return call.size() == 1
        ? ofDoubles(call, "ln")
        : "(ln(" + asDouble(call, 1) + ") / ln(" + asDouble(call, 0) + "))";
  }

  private static String ofDoubles(Call call, String function) {
    StringBuilder sql = new StringBuilder(function).append('(');
    for (int i = 0; i < call.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(asDouble(call, i));
    }
    return call.typed(sql.append(')').toString());
  }

  private static String asDouble(Call call, int operand) {
    if (!Types.isNumber(call.type(operand))) {
      throw call.refusal("a number from " + call.type(operand));
    }
    boolean isDouble = call.type(operand).getSqlTypeName() == SqlTypeName.DOUBLE;
    return isDouble ? call.sql(operand) : "CAST(" + call.sql(operand) + " AS DOUBLE)";
  }

  /** FLOOR and CEIL of a number. */
  static String round(Call call, String function) {
    if (Types.isInteger(call.type(0))) {
      return call.sqlAs(0, call.type());
    }
    return ofNumber(call, function + "(" + call.sql(0) + ")");
  }

  /** Half away from zero, a DOUBLE by its shortest decimal spelling: 2.675 is 2.68. */
  private static String roundTo(Call call) {
    OptionalInt places = call.size() == 1 ? OptionalInt.of(0) : call.wholeNumber(1);
    if (places.isEmpty() || places.getAsInt() < 0 || places.getAsInt() > MOST_PLACES) {
      throw call.refusal("rounding to places that are computed, negative or above 15");
    }
    if (Types.isInteger(call.type(0))) {
      return call.sqlAs(0, call.type());
    }
    if (call.type(0).getSqlTypeName() == SqlTypeName.DOUBLE) {
      return "CAST(CAST(CAST("
          + call.sql(0)
          + " AS VARCHAR) AS "
          + KernelTypes.decimal(WIDEST, places.getAsInt())
          + ") AS DOUBLE)";
    }
    if (!Types.isDecimal(call.type(0))) {
      throw call.refusal("rounding of " + call.type(0));
    }
    return call.typed(call.sql(0));
  }
}
