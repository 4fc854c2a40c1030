package io.orochi.gateway.plan.rex;

import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.KernelTypes;
import org.apache.calcite.rel.type.RelDataType;

/** Sums, differences and products that never fail: what the type cannot hold is Flink's value. */
final class Overflows {
  private static final int MOST_DIGITS = 38;

  /** From here on the kernel computes decimals in 128 bits, without a narrower check. */
  private static final int WIDE_DIGITS = 19;

  private Overflows() {}

  /** Java's overflow: the value modulo 2^bits, computed in 128 bits. */
  static String wrapped(Call call, String operator) {
    boolean wide = KernelTypes.of(call.type()).equals("BIGINT");
    if (!wide && !KernelTypes.of(call.type()).equals("INTEGER")) {
      throw call.refusal("overflow of " + call.type());
    }
    String half = "CAST('" + (wide ? "9223372036854775808" : "2147483648") + "' AS HUGEINT)";
    String range = "CAST('" + (wide ? "18446744073709551616" : "4294967296") + "' AS HUGEINT)";
    String exact = "(" + huge(call, 0) + " " + operator + " " + huge(call, 1) + ")";
    String low = "(((" + exact + " + " + half + ") % " + range + " + " + range + ") % " + range;
    return call.typed(low + " - " + half + ")");
  }

  private static String huge(Call call, int operand) {
    return "CAST(" + call.sqlAs(operand, call.type()) + " AS HUGEINT)";
  }

  /**
   * @param left the first operand as a decimal
   * @param right the second operand as a decimal
   */
  static String decimal(Call call, String operator, String left, String right) {
    RelDataType first = call.type(0);
    RelDataType second = call.type(1);
    int digits =
        operator.equals("*")
            ? digits(first) + digits(second)
            : Math.max(whole(first), whole(second))
                + Math.max(Types.scale(first), Types.scale(second))
                + 1;
    if (digits < WIDE_DIGITS) {
      return "(" + left + " " + operator + " " + right + ")";
    }
    String wide = KernelTypes.decimal(Math.max(WIDE_DIGITS, digits(first)), Types.scale(first));
    String sql = "(CAST(" + left + " AS " + wide + ") " + operator + " " + right + ")";
    return digits > MOST_DIGITS ? "TRY" + sql : sql;
  }

  private static int whole(RelDataType type) {
    return digits(type) - Types.scale(type);
  }

  private static int digits(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> WIDE_DIGITS;
      default -> type.getPrecision();
    };
  }
}
