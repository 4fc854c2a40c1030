package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.DecimalDivision;
import io.orochi.gateway.plan.rex.value.Overflow;
import io.orochi.gateway.plan.rex.value.Overflows;
import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.KernelTypes;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;

/** Numbers: + - * / %, exact as in Flink; overflow is an error here and wraps in Flink. */
final class Arithmetic {
  private static final int MOST_DIGITS = 38;

  private Arithmetic() {}

  static void addTo(Map<String, Call.Rule> rules) {
    rules.put("+", call -> plusOrMinus(call, "+"));
    rules.put("-", call -> call.size() == 1 ? negate(call) : plusOrMinus(call, "-"));
    rules.put("*", call -> Types.isNumber(call.type()) ? number(call, "*") : Times.multiply(call));
    rules.put("/", Arithmetic::divide);
    rules.put("/INT", Arithmetic::divide);
    rules.put("MOD", Arithmetic::remainder);
    rules.put("%", Arithmetic::remainder);
  }

  private static String plusOrMinus(Call call, String operator) {
    return Types.isNumber(call.type()) ? number(call, operator) : Times.add(call, operator);
  }

  private static String negate(Call call) {
    return Types.isNumber(call.type()) || Types.isInterval(call.type())
        ? "(- " + call.sql(0) + ")"
        : refuse(call);
  }

  private static String refuse(Call call) {
    throw call.refusal("arithmetic on " + call.type());
  }

  private static String number(Call call, String operator) {
    requireNumbers(call);
    boolean asFlink = call.context().overflow() == Overflow.AS_FLINK;
    if (asFlink && Types.isInteger(call.type())) {
      return Overflows.wrapped(
          call.type(), call.sqlAs(0, call.type()), operator, call.sqlAs(1, call.type()));
    }
    if (!Types.isDecimal(call.type())) {
      return "("
          + call.sqlAs(0, call.type())
          + " "
          + operator
          + " "
          + call.sqlAs(1, call.type())
          + ")";
    }
    int scale = kernelScale(call, operator);
    if (scale > MOST_DIGITS) {
      throw call.refusal("a product with " + scale + " decimal places");
    }
    if (asFlink && scale != Types.scale(call.type())) {
      throw call.refusal("a rounded decimal");
    }
    String sql =
        asFlink
            ? Overflows.decimal(
                call.type(0), exact(call, 0), operator, call.type(1), exact(call, 1))
            : "(" + exact(call, 0) + " " + operator + " " + exact(call, 1) + ")";
    // The kernel's precision may differ, which changes no value: what leaves the kernel is cast.
    return scale == Types.scale(call.type()) ? sql : call.typed(sql);
  }

  /** The digits after the point that the kernel's operator gives. */
  private static int kernelScale(Call call, String operator) {
    int left = Types.scale(call.type(0));
    int right = Types.scale(call.type(1));
    return operator.equals("*") ? left + right : Math.max(left, right);
  }

  /** Its type is the divisor's, which may be narrower than the dividend's. */
  private static String remainder(Call call) {
    if (!Types.isInteger(call.type(0)) || !Types.isInteger(call.type(1))) {
      return call.typed(number(call, "%"));
    }
    return call.typed(call.sql(0) + " % " + call.sql(1));
  }

  /** A whole number as DECIMAL wide enough for its type. */
  private static String exact(Call call, int operand) {
    RelDataType type = call.type(operand);
    String sql = call.sql(operand);
    return Types.isDecimal(type) ? sql : "CAST(" + sql + " AS " + wholeDecimal(type) + ")";
  }

  private static String wholeDecimal(RelDataType type) {
    return KernelTypes.decimal(
        switch (type.getSqlTypeName()) {
          case TINYINT -> 3;
          case SMALLINT -> 5;
          case INTEGER -> 10;
          default -> 19;
        },
        0);
  }

  private static String divide(Call call) {
    if (!Types.isNumber(call.type())) {
      throw call.refusal("division of an interval");
    }
    requireNumbers(call);
    RelDataType type = call.type();
    if (Types.isInteger(type)) {
      return "(" + call.sqlAs(0, type) + " // " + call.sqlAs(1, type) + ")";
    }
    if (Types.isApproximate(type)) {
      return call.typed(call.sqlAs(0, type) + " / " + call.sqlAs(1, type));
    }
    return DecimalDivision.write(
        wide(call, 0), Types.scale(call.type(0)), wide(call, 1), Types.scale(call.type(1)), type);
  }

  /** With its whole precision, so that scaling it up overflows no sooner than Flink does. */
  private static String wide(Call call, int operand) {
    RelDataType type = call.type(operand);
    return Types.isDecimal(type)
        ? "CAST(" + call.sql(operand) + " AS " + KernelTypes.of(type) + ")"
        : exact(call, operand);
  }

  private static void requireNumbers(Call call) {
    for (int i = 0; i < call.size(); i++) {
      if (!Types.isNumber(call.type(i))) {
        throw call.refusal("arithmetic on " + call.type(i));
      }
    }
  }
}
