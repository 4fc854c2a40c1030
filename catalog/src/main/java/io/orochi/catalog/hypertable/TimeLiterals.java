package io.orochi.catalog.hypertable;

import java.time.Instant;

/** Times as Iceberg's expressions take them. */
final class TimeLiterals {
  private TimeLiterals() {}

  /** Microseconds since 1970; Iceberg turns them into nanoseconds where the column has those. */
  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }
}
