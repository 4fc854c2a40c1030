package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.KernelTypes;
import org.apache.calcite.rel.type.RelDataType;

/** Sums, differences and products that never fail: what the type cannot hold is Flink's value. */
public final class Overflows {
  private static final int MOST_DIGITS = 38;

  /** From here on the kernel computes decimals in 128 bits, without a narrower check. */
  private static final int WIDE_DIGITS = 19;

  private Overflows() {}

  /**
   * Java's overflow: the value modulo 2^bits, computed in 128 bits.
   *
   * @param type INTEGER or BIGINT, of both operands too
   */
  public static String wrapped(RelDataType type, String left, String operator, String right) {
    String name = KernelTypes.of(type);
    boolean wide = name.equals("BIGINT");
    String half = "CAST('" + (wide ? "9223372036854775808" : "2147483648") + "' AS HUGEINT)";
    String range = "CAST('" + (wide ? "18446744073709551616" : "4294967296") + "' AS HUGEINT)";
    String exact = "(" + huge(left) + " " + operator + " " + huge(right) + ")";
    String low = "(((" + exact + " + " + half + ") % " + range + " + " + range + ") % " + range;
    return "CAST(" + low + " - " + half + ") AS " + name + ")";
  }

  private static String huge(String sql) {
    return "CAST(" + sql + " AS HUGEINT)";
  }

  /** A sum, difference or product of exact numbers, given as decimals. */
  public static String decimal(
      RelDataType first, String left, String operator, RelDataType second, String right) {
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
