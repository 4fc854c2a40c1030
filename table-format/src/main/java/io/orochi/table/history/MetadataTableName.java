package io.orochi.table.history;

import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.MetadataTableType;

/**
 * The name of a table that describes another: {@code cpu$snapshots}.
 *
 * @param table the one it describes
 * @param aspect lower case: one of Iceberg's metadata tables
 */
public record MetadataTableName(String table, String aspect) {
  /** Empty if the name is that of an ordinary table. */
  public static Optional<MetadataTableName> parse(String name) {
    int dollar = name.lastIndexOf('$');
    if (dollar <= 0) {
      return Optional.empty();
    }
    String aspect = name.substring(dollar + 1).toLowerCase(Locale.ROOT);
    return MetadataTableType.from(aspect) != null
        ? Optional.of(new MetadataTableName(name.substring(0, dollar), aspect))
        : Optional.empty();
  }
}
