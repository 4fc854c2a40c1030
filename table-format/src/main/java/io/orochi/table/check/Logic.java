package io.orochi.table.check;

/** AND, OR and NOT of conditions that are true, false or NULL. */
final class Logic {
  private Logic() {}

  static CheckExpression and(CheckExpression left, CheckExpression right) {
    return new CheckExpression(
        CheckType.BOOLEAN,
        row -> {
          Object first = left.of(row);
          if (Boolean.FALSE.equals(first)) {
            return false;
          }
          Object second = right.of(row);
          if (Boolean.FALSE.equals(second)) {
            return false;
          }
          return first == null || second == null ? null : Boolean.TRUE;
        });
  }

  static CheckExpression or(CheckExpression left, CheckExpression right) {
    return not(and(not(left), not(right)));
  }

  static CheckExpression not(CheckExpression condition) {
    return new CheckExpression(
        CheckType.BOOLEAN,
        row -> {
          Object value = condition.of(row);
          return value == null ? null : !(Boolean) value;
        });
  }
}
