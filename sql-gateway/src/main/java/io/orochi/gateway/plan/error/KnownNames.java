package io.orochi.gateway.plan.error;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What could have been meant by a name that is not known. Asked only once something failed. */
public interface KnownNames {
  /** For a failure that is far from any session. */
  KnownNames NONE =
      new KnownNames() {
        @Override
        public Collection<String> relations(String within) {
          return List.of();
        }

        @Override
        public Collection<String> columns() {
          return List.of();
        }

        @Override
        public Collection<String> functions() {
          return List.of();
        }
      };

  /**
   * Tables and views.
   *
   * @param within {@code catalog.database}; anything else is where the session is, with the names
   *     of databases
   */
  Collection<String> relations(String within);

  /** Columns of all tables that the statement names. */
  Collection<String> columns();

  Collection<String> functions();

  /** Databases of the current catalog. */
  default Collection<String> databases() {
    return List.of();
  }

  default Collection<String> catalogs() {
    return List.of();
  }

  /** Where the statement names something first: its line and column. */
  default Optional<String> place(String name) {
    return Optional.empty();
  }
}
