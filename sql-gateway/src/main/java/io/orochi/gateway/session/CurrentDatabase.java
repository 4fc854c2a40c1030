package io.orochi.gateway.session;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.flink.table.catalog.CatalogManager;

/** Where a session's unqualified names are looked for; empty before the session is open. */
final class CurrentDatabase implements Supplier<Optional<String>> {
  private volatile CatalogManager catalogs;

  void follow(CatalogManager session) {
    catalogs = session;
  }

  @Override
  public Optional<String> get() {
    CatalogManager session = catalogs;
    return session != null && SessionDefaults.CATALOG.equals(session.getCurrentCatalog())
        ? Optional.ofNullable(session.getCurrentDatabase())
        : Optional.empty();
  }
}
