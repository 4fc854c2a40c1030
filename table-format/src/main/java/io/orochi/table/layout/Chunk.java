package io.orochi.table.layout;

import java.time.Instant;

/** One aligned time range {@code [start, end)} of a hypertable. */
public record Chunk(String name, Instant start, Instant end) {}
