package io.orochi.catalog.info;

import java.util.List;

/** What only a running server knows, for the views that show it. */
@FunctionalInterface
public interface ServerRows {
  /** Outside a server such views are empty. */
  ServerRows NONE = view -> List.of();

  /**
   * The rows of a view as they are now, in the order of its columns.
   *
   * @param view its name, without the database
   */
  List<Object[]> of(String view);
}
