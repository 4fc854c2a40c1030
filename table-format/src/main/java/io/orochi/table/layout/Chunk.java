package io.orochi.table.layout;

import java.time.Instant;

/**
 * One aligned time range {@code [start, end)} of a hypertable.
 *
 * @param name unique in its table and stable, for example {@code 2026-11-21}
 */
public record Chunk(String name, Instant start, Instant end) {
  public boolean contains(Instant t) {
    return !t.isBefore(start) && t.isBefore(end);
  }
}
