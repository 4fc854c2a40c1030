package io.orochi.catalog.flink.lookup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * Which tables a piece of work asks a catalog for, and their versions just before. A thread notes
 * its own look-ups only, so one instance serves all sessions.
 */
public final class TableLookups {
  // One for each catalog: what one catalog looks up says nothing about another's tables.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Map<ObjectPath, Optional<String>>> noting = new ThreadLocal<>();

  private final Function<ObjectPath, Optional<String>> versions;

  /**
   * @param versions a text that changes with anything about a table; empty if a table has none
   */
  public TableLookups(Function<ObjectPath, Optional<String>> versions) {
    this.versions = versions;
  }

  /** Does the work and adds what it looks up to {@code noted}. */
  public <T> T noting(Map<ObjectPath, Optional<String>> noted, Supplier<T> work) {
    Map<ObjectPath, Optional<String>> outer = noting.get();
    noting.set(new LinkedHashMap<>());
    try {
      T result = work.get();
      noted.putAll(noting.get());
      return result;
    } finally {
      if (outer == null) {
        noting.remove();
      } else {
        noting.set(outer);
      }
    }
  }

  /** Called before a table is read: a version noted too early is at worst taken for stale. */
  public void note(ObjectPath path) {
    Map<ObjectPath, Optional<String>> noted = noting.get();
    if (noted != null) {
      noted.computeIfAbsent(path, versions);
    }
  }
}
