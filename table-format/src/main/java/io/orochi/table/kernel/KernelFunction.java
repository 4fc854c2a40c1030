package io.orochi.table.kernel;

import java.util.function.BiFunction;

/**
 * A scalar function of an instance that Java computes row by row, for what the kernel's own cannot
 * do. It is a function of its operands alone, and NULL if one of them is.
 *
 * @param name in lower case, of no function that the kernel has
 * @param operands one or two, as texts
 * @param result String, Boolean or Integer
 * @param body called by several threads at once, with an empty second text if there is one operand;
 *     null is NULL, and what it throws ends the query with VALUE_NOT_CONVERTIBLE
 */
public record KernelFunction(
    String name, int operands, Class<?> result, BiFunction<String, String, ?> body) {
  public KernelFunction {
    if (operands < 1 || operands > 2) {
      throw new IllegalArgumentException(name + " of " + operands + " operands");
    }
  }
}
