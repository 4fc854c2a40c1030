package io.orochi.table.check;

import java.math.BigDecimal;
import java.util.function.BinaryOperator;

/** Arithmetic, and {@code ||}. What engines compute differently is refused. */
final class Numbers {
  private Numbers() {}

  static CheckExpression negated(CheckExpression number, CheckToken sign) {
    return combine(CheckExpression.constant(CheckType.EXACT, BigDecimal.ZERO), sign, number);
  }

  static CheckExpression combine(CheckExpression left, CheckToken operator, CheckExpression right) {
    if (operator.is("||")) {
      requireTexts(left, operator, right);
      return of(CheckType.TEXT, left, right, (a, b) -> (String) a + b);
    }
    if (!left.type().isNumber() || !right.type().isNumber()) {
      throw new InvalidCheck(
          "Cannot compute %s %s %s."
              .formatted(left.type().words(), operator.text(), right.type().words()),
          operator.start());
    }
    return left.type() == CheckType.DOUBLE || right.type() == CheckType.DOUBLE
        ? of(CheckType.DOUBLE, left, right, doubles(operator.text()))
        : of(CheckType.EXACT, left, right, exact(operator));
  }

  private static void requireTexts(
      CheckExpression left, CheckToken operator, CheckExpression right) {
    if (left.type() != CheckType.TEXT || right.type() != CheckType.TEXT) {
      throw new InvalidCheck("|| needs two STRINGs.", operator.start());
    }
  }

  private static BinaryOperator<Object> doubles(String operator) {
    return (first, second) -> {
      double a = ((Number) first).doubleValue();
      double b = ((Number) second).doubleValue();
      return switch (operator) {
        case "+" -> a + b;
        case "-" -> a - b;
        case "*" -> a * b;
        case "/" -> a / b;
        default -> a % b;
      };
    };
  }

  private static BinaryOperator<Object> exact(CheckToken operator) {
    return switch (operator.text()) {
      case "+" -> (a, b) -> ((BigDecimal) a).add((BigDecimal) b);
      case "-" -> (a, b) -> ((BigDecimal) a).subtract((BigDecimal) b);
      case "*" -> (a, b) -> ((BigDecimal) a).multiply((BigDecimal) b);
      case "%" ->
          (a, b) ->
              ((BigDecimal) b).signum() == 0 ? null : ((BigDecimal) a).remainder((BigDecimal) b);
      default ->
          throw new InvalidCheck(
              "Whole numbers and DECIMALs cannot be divided here; multiply the other side, or make"
                  + " one of them a DOUBLE, such as 2e0.",
              operator.start());
    };
  }

  private static CheckExpression of(
      CheckType type, CheckExpression left, CheckExpression right, BinaryOperator<Object> compute) {
    return new CheckExpression(
        type,
        row -> {
          Object first = left.of(row);
          Object second = first == null ? null : right.of(row);
          return second == null ? null : compute.apply(first, second);
        });
  }
}
