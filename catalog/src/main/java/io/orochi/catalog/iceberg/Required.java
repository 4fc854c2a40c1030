package io.orochi.catalog.iceberg;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Map;

final class Required {
  private Required() {}

  static String option(Map<String, String> options, String key) {
    String value = options.get(key);
    if (value == null || value.isBlank()) {
      throw OrochiException.of(
              OrochiErrorCode.INVALID_OPTION_VALUE, "Cannot open catalog without option: " + key)
          .withHint(
              "Example: 'warehouse' = '/data/orochi/warehouse', "
                  + "'metastore' = 'jdbc:sqlite:/data/orochi/metastore.db'.");
    }
    return value;
  }
}
