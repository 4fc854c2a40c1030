package io.orochi.catalog.iceberg;

import static org.apache.iceberg.CatalogProperties.TABLE_DEFAULT_PREFIX;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.iceberg.TableProperties;

/** Properties of new tables, where neither the statement nor the catalog says otherwise. */
final class TableDefaults {
  /**
   * Format 3 has deletion vectors; whoever needs an older reader asks for 2. Old metadata files go
   * with the commit that outdates them; without it one file per commit stays for ever. Conflicting
   * commits retry more often than stock, because maintenance and ingest share tables, and never
   * pause for long: the one that waits longest would lose to all that wait less. Manifests stay
   * small, so that a query of one hour need not read what the others' list; row groups stay small
   * too, because the kernel skips whole ones of a file and reads several at a time.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          TableProperties.FORMAT_VERSION, "3",
          TableProperties.PARQUET_COMPRESSION, "zstd",
          TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, String.valueOf(4 << 20),
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
          TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "100",
          TableProperties.COMMIT_NUM_RETRIES, "30",
          TableProperties.COMMIT_MAX_RETRY_WAIT_MS, "1000",
          TableProperties.MANIFEST_TARGET_SIZE_BYTES, String.valueOf(128 << 10),
          TableProperties.DEFAULT_WRITE_METRICS_MODE, "truncate(16)");

  private TableDefaults() {}

  /** Adds them as Iceberg's {@code table-default.} properties; those already there win. */
  static Map<String, String> addTo(Map<String, String> catalogProperties) {
    Map<String, String> all = new LinkedHashMap<>();
    DEFAULTS.forEach((key, value) -> all.put(TABLE_DEFAULT_PREFIX + key, value));
    all.putAll(catalogProperties);
    return all;
  }
}
