package io.orochi.table.error;

/** Failures that a value of a statement or of its tables brings about, the same on every engine. */
public final class ValueErrors {
  private ValueErrors() {}

  public static OrochiException outOfRange(String what) {
    return OrochiException.of(
            OrochiErrorCode.NUMERIC_OUT_OF_RANGE, "Cannot compute a value: " + what)
        .withHint("Leave such rows out with WHERE, or use NULLIF or TRY_CAST.");
  }

  public static OrochiException divisionByZero() {
    return outOfRange("division by zero");
  }

  public static OrochiException notConvertible(String why) {
    return OrochiException.of(OrochiErrorCode.VALUE_NOT_CONVERTIBLE, "Cannot convert a value")
        .withDetail(why)
        .withHint("TRY_CAST gives NULL for a value that cannot be converted.");
  }

  public static OrochiException severalRows() {
    return OrochiException.of(
            OrochiErrorCode.SUBQUERY_OF_SEVERAL_ROWS,
            "Cannot use a subquery of several rows as a value")
        .withHint("Add a condition, LIMIT 1, or an aggregate such as MAX.");
  }
}
