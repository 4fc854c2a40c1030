package io.orochi.gateway.plan.pushdown;

import io.orochi.gateway.plan.rex.value.Digests;
import io.orochi.gateway.plan.rex.value.Types;
import io.orochi.gateway.plan.sql.CannotExpress;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Expressions that give Flink's value for every row and never an error: a job has no second engine
 * to turn to when it has begun. That leaves out what depends on the time, times of day before 1970
 * that are cut to days, NaN in comparisons, and everything that can be out of range, as
 * microseconds are that become nanoseconds.
 */
final class Unfailing {
  private static final Set<String> OF_ANY_TYPE =
      Set.of(
          "AND",
          "OR",
          "NOT",
          "IS NULL",
          "IS NOT NULL",
          "IS TRUE",
          "IS NOT TRUE",
          "IS FALSE",
          "IS NOT FALSE",
          "IS UNKNOWN",
          "IS NOT UNKNOWN",
          "CASE",
          "COALESCE",
          "IF",
          "IFNULL");

  /** Flink's NaN equals nothing, the kernel's itself. */
  private static final Set<String> COMPARISONS =
      Set.of(
          "=",
          "<>",
          "<",
          "<=",
          ">",
          ">=",
          "IS DISTINCT FROM",
          "IS NOT DISTINCT FROM",
          "SEARCH",
          "GREATEST",
          "LEAST");

  private static final Set<String> ARITHMETIC = Set.of("+", "-", "*");

  private static final Set<String> FUNCTIONS =
      Set.of(
          "UPPER",
          "LOWER",
          "CHAR_LENGTH",
          "CHARACTER_LENGTH",
          "OCTET_LENGTH",
          "POSITION",
          "LOCATE",
          "INSTR",
          "STARTSWITH",
          "ENDSWITH",
          "TRIM",
          "CONCAT",
          "CONCAT_WS",
          "||",
          "REPLACE",
          "LIKE",
          "NOT LIKE",
          "SUBSTRING",
          "SUBSTR",
          "TIME_BUCKET",
          "MD5",
          "SHA256");

  private static final int INTEGER_DIGITS = 10;
  private static final int BIGINT_DIGITS = 19;

  private Unfailing() {}

  /**
   * @throws CannotExpress if it is not one
   */
  static void require(RexNode node) {
    if (node instanceof RexInputRef || node instanceof RexLiteral) {
      return;
    }
    if (!(node instanceof RexCall call) || !holds(call)) {
      throw new CannotExpress("in a job " + Digests.of(node));
    }
    call.getOperands().forEach(Unfailing::require);
  }

  private static boolean holds(RexCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    if (OF_ANY_TYPE.contains(name) || FUNCTIONS.contains(name)) {
      return true;
    }
    if (COMPARISONS.contains(name)) {
      return call.getOperands().stream().noneMatch(side -> Types.isApproximate(side.getType()))
          && call.getOperands().stream()
                  .map(side -> Types.hasNanos(side.getType()))
                  .distinct()
                  .count()
              == 1;
    }
    if (ARITHMETIC.contains(name)) {
      return calculates(call);
    }
    return (name.equals("CAST") || name.equals("REINTERPRET"))
        && widens(call.getOperands().get(0).getType(), call.getType());
  }

  private static boolean calculates(RexCall call) {
    RelDataType type = call.getType();
    boolean negates = call.getOperands().size() == 1;
    return switch (type.getSqlTypeName()) {
      case DECIMAL, DOUBLE ->
          call.getOperands().stream().allMatch(side -> Types.isNumber(side.getType()));
      case INTEGER, BIGINT ->
          !negates && call.getOperands().stream().allMatch(side -> Types.isInteger(side.getType()));
      default -> false;
    };
  }

  private static boolean widens(RelDataType from, RelDataType to) {
    SqlTypeName target = to.getSqlTypeName();
    return switch (from.getSqlTypeName()) {
      case INTEGER ->
          target == SqlTypeName.INTEGER
              || target == SqlTypeName.BIGINT
              || target == SqlTypeName.DOUBLE
              || holdsDigits(to, INTEGER_DIGITS);
      case BIGINT ->
          target == SqlTypeName.BIGINT
              || target == SqlTypeName.DOUBLE
              || holdsDigits(to, BIGINT_DIGITS);
      case DECIMAL ->
          target == SqlTypeName.DOUBLE
              || to.getScale() >= from.getScale()
                  && holdsDigits(to, from.getPrecision() - from.getScale());
      case DATE -> target == SqlTypeName.DATE || target == SqlTypeName.TIMESTAMP;
      case CHAR, VARCHAR ->
          target == SqlTypeName.VARCHAR && to.getPrecision() >= from.getPrecision();
      case BOOLEAN, DOUBLE -> target == from.getSqlTypeName();
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          target == from.getSqlTypeName()
              && to.getPrecision() >= from.getPrecision()
              && Types.hasNanos(from) == Types.hasNanos(to);
      default -> false;
    };
  }

  private static boolean holdsDigits(RelDataType to, int whole) {
    return Types.isDecimal(to) && to.getPrecision() - to.getScale() >= whole;
  }
}
