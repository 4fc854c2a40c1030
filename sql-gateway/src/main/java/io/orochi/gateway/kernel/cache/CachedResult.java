package io.orochi.gateway.kernel.cache;

import java.time.Instant;

/** A whole answer as an Arrow stream. Guarded by the cache's lock, but for what never changes. */
final class CachedResult {
  private final byte[] stream;
  private final long rows;
  private final Instant created;
  private long hits;
  private Instant lastUsed;

  CachedResult(byte[] stream, long rows, Instant created) {
    this.stream = stream;
    this.rows = rows;
    this.created = created;
    this.lastUsed = created;
  }

  byte[] stream() {
    return stream;
  }

  long rows() {
    return rows;
  }

  Instant created() {
    return created;
  }

  long hits() {
    return hits;
  }

  Instant lastUsed() {
    return lastUsed;
  }

  void use(Instant now) {
    hits++;
    lastUsed = now;
  }
}
