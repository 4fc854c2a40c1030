package io.orochi.catalog.flink.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * Lets a piece of work see each table of a catalog with one and the same definition. Flink's
 * planner asks for a table once to validate a statement and again to translate it, and takes the
 * places of columns from one answer into the other. A thread pins for itself only.
 */
public final class PinnedDefinitions {
  // One for each catalog: another one's tables may have the same names.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Map<Object, CatalogBaseTable>> pinned = new ThreadLocal<>();

  /** Loads a definition. */
  @FunctionalInterface
  public interface Loader {
    CatalogBaseTable load() throws TableNotExistException;
  }

  /** Does the work; inside other work that pins, the definitions are those of the outer one. */
  public <T> T during(Supplier<T> work) {
    if (pinned.get() != null) {
      return work.get();
    }
    pinned.set(new HashMap<>());
    try {
      return work.get();
    } finally {
      pinned.remove();
    }
  }

  /**
   * @param table tells the table and the time at which it is read
   */
  public CatalogBaseTable get(Object table, Loader loader) throws TableNotExistException {
    Map<Object, CatalogBaseTable> known = pinned.get();
    if (known == null) {
      return loader.load();
    }
    CatalogBaseTable definition = known.get(table);
    if (definition == null) {
      definition = loader.load();
      known.put(table, definition);
    }
    return definition;
  }
}
