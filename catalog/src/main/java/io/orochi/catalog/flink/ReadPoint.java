package io.orochi.catalog.flink;

/** Which state of a table a statement reads. */
sealed interface ReadPoint {
  ReadPoint LATEST = new Latest();

  /** The state when the statement starts. */
  record Latest() implements ReadPoint {}

  /** The state at a time in the past. */
  record At(long epochMillis) implements ReadPoint {}
}
