package io.orochi.catalog.flink.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.flink.table.catalog.CatalogBaseTable;
import org.apache.flink.table.catalog.CatalogView;
import org.apache.flink.table.catalog.exceptions.TableNotExistException;

/**
 * Lets a piece of work see each table of a catalog with one and the same definition. Flink's
 * planner asks for a table once to validate a statement and again to translate it, and takes the
 * places of columns from one answer into the other. A thread pins for itself only.
 */
public final class PinnedDefinitions {
  // One for each catalog: another one's tables may have the same names.
  @SuppressWarnings("ThreadLocalUsage")
  private final ThreadLocal<Pinned> pinned = new ThreadLocal<>();

  private record Pinned(Map<Object, CatalogBaseTable> known, UnaryOperator<CatalogView> resolve) {}

  /** Loads a definition. */
  @FunctionalInterface
  public interface Loader {
    CatalogBaseTable load() throws TableNotExistException;
  }

  /** Does the work; inside other work that pins, the definitions are those of the outer one. */
  public <T> T during(Supplier<T> work) {
    return during(UnaryOperator.identity(), work);
  }

  /**
   * The same, with each view resolved once: Flink parses the query of a view whenever it asks for
   * it, so that the time would multiply with each view that names another.
   *
   * @param resolve gives a view the types of its columns
   */
  public <T> T during(UnaryOperator<CatalogView> resolve, Supplier<T> work) {
    if (pinned.get() != null) {
      return work.get();
    }
    pinned.set(new Pinned(new HashMap<>(), resolve));
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
    Pinned here = pinned.get();
    if (here == null) {
      return loader.load();
    }
    CatalogBaseTable definition = here.known().get(table);
    if (definition == null) {
      definition = loader.load();
      // resolving asks for the views that this one names
      definition = definition instanceof CatalogView view ? here.resolve().apply(view) : definition;
      here.known().put(table, definition);
    }
    return definition;
  }
}
