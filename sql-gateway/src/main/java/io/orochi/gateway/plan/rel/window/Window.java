package io.orochi.gateway.plan.rel.window;

/**
 * Windows over a time in microseconds, counted from 1970-01-01. Each holds its start and not its
 * end.
 */
public sealed interface Window {
  /** Windows that follow one another. */
  record Tumble(long size) implements Window {}

  /** Windows of one size, one of which begins every {@code step}. */
  record Hop(long step, long size) implements Window {}

  /** Windows that begin with those of {@link Tumble} and grow by {@code step} up to their size. */
  record Cumulate(long step, long size) implements Window {}

  /**
   * Rows none of which is later than the one before it by more than {@code gap}; the window ends
   * that much after the last of them. It is counted in milliseconds.
   */
  record Session(long gap) implements Window {}

  /** The start of the tumbling window of a time. */
  static String floor(String time, long width) {
    return "(" + time + " - (" + time + " % " + width + " + " + width + ") % " + width + ")";
  }
}
