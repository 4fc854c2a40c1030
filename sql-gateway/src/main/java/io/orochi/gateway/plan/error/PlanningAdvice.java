package io.orochi.gateway.plan.error;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Optional;

/** What Flink's planner says too shortly, with what to do. */
final class PlanningAdvice {
  private PlanningAdvice() {}

  static Optional<OrochiException> of(String text) {
    if (text.equals("Division by zero")) {
      return Optional.of(
          OrochiException.of(
                  OrochiErrorCode.NUMERIC_OUT_OF_RANGE, "Cannot compute a value: / by zero")
              .withHint("Use NULLIF(x, 0) for a divisor that may be zero."));
    }
    if (text.equals("Infinite or NaN")) {
      return Optional.of(
          OrochiException.of(
                  OrochiErrorCode.SQL_INVALID,
                  "Cannot plan the statement: a constant is infinite or not a number")
              .withHint("Bind such a value as a parameter of a prepared statement."));
    }
    if (text.startsWith("Try to obtain epoch time of query-start fail")) {
      return Optional.of(
          OrochiException.of(
                  OrochiErrorCode.SQL_INVALID,
                  "Cannot plan the statement: the time of FOR SYSTEM_TIME AS OF is computed")
              .withHint("Write a constant, as TIMESTAMP '2026-11-21 10:00:00'."));
    }
    Optional<String> hint = hint(text);
    return hint.map(
        advice ->
            OrochiException.of(OrochiErrorCode.SQL_INVALID, "Cannot plan the statement: " + text)
                .withHint(advice));
  }

  private static Optional<String> hint(String text) {
    if (text.startsWith("implicit type conversion between ")) {
      return Optional.of("CAST one of them to the type of the other.");
    }
    if (text.startsWith("Column types of query result and sink ")) {
      return Optional.of("DESCRIBE the table, and CAST the value to the type of its column.");
    }
    return Optional.empty();
  }
}
