package io.orochi.catalog.info;

import io.orochi.catalog.iceberg.OrochiIcebergCatalog;
import java.time.Clock;
import java.util.Map;

/**
 * What views may look at.
 *
 * @param sessionSettings the values set in the asking session; absent keys have their default
 */
public record InfoContext(
    OrochiIcebergCatalog catalog,
    Map<String, String> sessionSettings,
    Clock clock,
    ServerRows server) {
  public InfoContext {
    sessionSettings = Map.copyOf(sessionSettings);
  }

  /** Outside a server. */
  public InfoContext(
      OrochiIcebergCatalog catalog, Map<String, String> sessionSettings, Clock clock) {
    this(catalog, sessionSettings, clock, ServerRows.NONE);
  }
}
