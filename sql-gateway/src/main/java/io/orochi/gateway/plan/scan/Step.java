package io.orochi.gateway.plan.scan;

import org.apache.calcite.rex.RexNode;

/**
 * A call whose result never falls while its time grows. All values are whole numbers: microseconds
 * of timestamps, days of dates, or the number itself.
 *
 * @param time the operand
 * @param least the least time for which the result is not less than a value
 * @param slack how far {@code least} may be wrong, in both directions
 */
record Step(RexNode time, Least least, long slack) {
  /** The least argument of a growing function for which it is not less than a value. */
  @FunctionalInterface
  interface Least {
    /**
     * @throws ArithmeticException or java.time.DateTimeException beyond the calendar
     */
    long of(long value);
  }
}
