package io.orochi.gateway.plan.cache;

import io.orochi.catalog.flink.lookup.TableLookups;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * The tables a statement has looked up so far, with their versions before. One thread at a time.
 */
public final class Dependencies {
  private final PlanKey key;
  private final TableLookups lookups;
  private final Map<ObjectPath, Optional<String>> noted = new LinkedHashMap<>();
  private long nanos;

  Dependencies(PlanKey key, TableLookups lookups) {
    this.key = key;
    this.lookups = lookups;
  }

  PlanKey key() {
    return key;
  }

  /** Does the work, and notes what it looks up and how long it takes. */
  public <T> T noting(Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return lookups.noting(noted, work);
    } finally {
      nanos += System.nanoTime() - start;
    }
  }

  Duration spent() {
    return Duration.ofNanos(nanos);
  }

  /** The versions of those that have one. */
  Map<ObjectPath, String> known() {
    Map<ObjectPath, String> versions = new HashMap<>();
    noted.forEach((table, version) -> version.ifPresent(present -> versions.put(table, present)));
    return versions;
  }

  /** Empty if one of them has no version. */
  Optional<Map<ObjectPath, String>> versions() {
    return noted.containsValue(Optional.<String>empty()) ? Optional.empty() : Optional.of(known());
  }
}
