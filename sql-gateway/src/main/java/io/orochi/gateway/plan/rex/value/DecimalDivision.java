package io.orochi.gateway.plan.rex.value;

import io.orochi.gateway.plan.sql.KernelTypes;
import org.apache.calcite.rel.type.RelDataType;

/**
 * Division of decimals rounded half away from zero, in 128-bit integers: the kernel's own division
 * of decimals gives a DOUBLE. Intermediate overflow is an error, never a wrong digit.
 */
public final class DecimalDivision {
  private static final int WIDEST = 38;

  private DecimalDivision() {}

  /**
   * @param dividend a decimal, or a whole number with scale 0
   * @param type the DECIMAL of the quotient
   */
  public static String write(
      String dividend, int dividendScale, String divisor, int divisorScale, RelDataType type) {
    int shift = type.getScale() + divisorScale - dividendScale;
    String a = unscaled(dividend, dividendScale, Math.max(shift, 0));
    String b = unscaled(divisor, divisorScale, Math.max(-shift, 0));
    // (2a ± b) / 2b, cut off, is a / b rounded half away from zero; ± is the quotient's sign
    String half = "CASE WHEN (" + a + " < 0) = (" + b + " < 0) THEN " + b + " ELSE - " + b + " END";
    String quotient = "(" + a + " * 2 + " + half + ") // (" + b + " * 2)";
    if (type.getScale() == 0) {
      return "CAST(" + quotient + " AS " + KernelTypes.of(type) + ")";
    }
    String unit = "0." + "0".repeat(type.getScale() - 1) + "1";
    return "CAST(CAST("
        + quotient
        + " AS "
        + KernelTypes.decimal(WIDEST, 0)
        + ") * "
        + unit
        + " AS "
        + KernelTypes.of(type)
        + ")";
  }

  /** {@code value · 10^(scale + shift)} as a whole number. */
  private static String unscaled(String value, int scale, int shift) {
    String whole =
        scale == 0
            ? "CAST(" + value + " AS HUGEINT)"
            : "CAST(" + value + " * " + powerOfTen(scale) + " AS HUGEINT)";
    return shift == 0 ? whole : "(" + whole + " * CAST(" + powerOfTen(shift) + " AS HUGEINT))";
  }

  private static String powerOfTen(int exponent) {
    return "1" + "0".repeat(exponent);
  }
}
