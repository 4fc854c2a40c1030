package io.orochi.table.check;

import java.util.function.Function;

/**
 * A part of a condition.
 *
 * @param value computes it for a row; null is NULL
 */
record CheckExpression(CheckType type, Function<RowValues, Object> value) {
  static CheckExpression constant(CheckType type, Object value) {
    return new CheckExpression(type, row -> value);
  }

  Object of(RowValues row) {
    return value.apply(row);
  }
}
