package io.orochi.table.check;

import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Comparisons; with NULL they are NULL. */
final class Comparing {
  private Comparing() {}

  static CheckExpression compare(CheckExpression left, CheckToken operator, CheckExpression right) {
    if (!left.type().comparesWith(right.type())) {
      throw new InvalidCheck(
          "Cannot compare %s with %s.%s"
              .formatted(left.type().words(), right.type().words(), advice(left, right)),
          operator.start());
    }
    if (left.type() == CheckType.DOUBLE || right.type() == CheckType.DOUBLE) {
      return doubles(left, operator.text(), right);
    }
    IntPredicate holds = order(operator.text());
    return new CheckExpression(
        CheckType.BOOLEAN,
        row -> {
          Object first = left.of(row);
          Object second = first == null ? null : right.of(row);
          return second == null ? null : holds.test(order(first, second));
        });
  }

  private static String advice(CheckExpression left, CheckExpression right) {
    boolean zoned = left.type() == CheckType.INSTANT || right.type() == CheckType.INSTANT;
    return zoned ? " A moment is written TIMESTAMP '2024-01-01 00:00:00Z'." : "";
  }

  /** As IEEE 754 has it: NaN is not equal to anything. */
  private static CheckExpression doubles(
      CheckExpression left, String operator, CheckExpression right) {
    return new CheckExpression(
        CheckType.BOOLEAN,
        row -> {
          Object first = left.of(row);
          Object second = first == null ? null : right.of(row);
          if (second == null) {
            return null;
          }
          double a = ((Number) first).doubleValue();
          double b = ((Number) second).doubleValue();
          return switch (operator) {
            case "=" -> a == b;
            case "<" -> a < b;
            case "<=" -> a <= b;
            case ">" -> a > b;
            case ">=" -> a >= b;
            default -> a != b;
          };
        });
  }

  private static IntPredicate order(String operator) {
    return switch (operator) {
      case "=" -> order -> order == 0;
      case "<" -> order -> order < 0;
      case "<=" -> order -> order <= 0;
      case ">" -> order -> order > 0;
      case ">=" -> order -> order >= 0;
      default -> order -> order != 0;
    };
  }

  @SuppressWarnings("unchecked")
  private static int order(Object first, Object second) {
    return ((Comparable<Object>) first).compareTo(second);
  }

  /** {@code %} is any text, {@code _} any character. */
  static Predicate<String> like(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char character : pattern.toCharArray()) {
      switch (character) {
        case '%' -> regex.append(".*");
        case '_' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(character)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
  }
}
