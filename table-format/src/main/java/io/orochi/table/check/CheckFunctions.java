package io.orochi.table.check;

import io.orochi.table.error.NearestName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The functions a condition may call: those that mean the same to every writer. */
final class CheckFunctions {
  private static final List<String> NAMES =
      List.of("ABS", "CHAR_LENGTH", "CHARACTER_LENGTH", "COALESCE", "LOWER", "TRIM", "UPPER");

  private CheckFunctions() {}

  static CheckExpression call(CheckToken name, List<CheckExpression> arguments) {
    String function = name.upper();
    if (!NAMES.contains(function)) {
      throw new InvalidCheck(
          "Function %s cannot be used here. %s The functions are %s."
              .formatted(name.text(), NearestName.hint(function, NAMES), String.join(", ", NAMES)),
          name.start());
    }
    if (function.equals("COALESCE")) {
      return coalesce(name, arguments);
    }
    if (arguments.size() != 1) {
      throw new InvalidCheck(function + " takes one argument.", name.start());
    }
    CheckExpression argument = arguments.get(0);
    if (function.equals("ABS")) {
      require(argument.type().isNumber(), name, argument);
      return of(
          argument.type(),
          argument,
          value -> value instanceof BigDecimal exact ? exact.abs() : Math.abs((Double) value));
    }
    require(argument.type() == CheckType.TEXT, name, argument);
    return switch (function) {
      case "LOWER" ->
          of(CheckType.TEXT, argument, value -> ((String) value).toLowerCase(Locale.ROOT));
      case "UPPER" ->
          of(CheckType.TEXT, argument, value -> ((String) value).toUpperCase(Locale.ROOT));
      case "TRIM" -> of(CheckType.TEXT, argument, value -> trimmed((String) value));
      default -> of(CheckType.EXACT, argument, value -> characters((String) value));
    };
  }

  private static CheckExpression coalesce(CheckToken name, List<CheckExpression> arguments) {
    if (arguments.size() < 2) {
      throw new InvalidCheck("COALESCE takes two or more arguments.", name.start());
    }
    CheckType type = arguments.get(0).type();
    for (CheckExpression argument : arguments) {
      if (argument.type() != type) {
        throw new InvalidCheck("The arguments of COALESCE are of different types.", name.start());
      }
    }
    return new CheckExpression(
        type,
        row -> {
          for (CheckExpression argument : arguments) {
            Object value = argument.of(row);
            if (value != null) {
              return value;
            }
          }
          return null;
        });
  }

  private static void require(boolean fits, CheckToken name, CheckExpression argument) {
    if (!fits) {
      throw new InvalidCheck(
          name.text() + " does not take " + argument.type().words() + ".", name.start());
    }
  }

  private static CheckExpression of(
      CheckType type, CheckExpression argument, UnaryOperator<Object> compute) {
    return new CheckExpression(
        type,
        row -> {
          Object value = argument.of(row);
          return value == null ? null : compute.apply(value);
        });
  }

  private static Object characters(String text) {
    return BigDecimal.valueOf(text.codePointCount(0, text.length()));
  }

  /** Spaces only. */
  private static String trimmed(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && text.charAt(start) == ' ') {
      start++;
    }
    while (end > start && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(start, end);
  }
}
