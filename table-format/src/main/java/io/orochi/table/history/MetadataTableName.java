package io.orochi.table.history;

import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.MetadataTableType;

/**
 * The name of a table that describes another: {@code cpu$snapshots}.
 *
 * @param table the one it describes
 * @param aspect lower case: one of Iceberg's metadata tables, or {@link #CHANGELOG}
 */
public record MetadataTableName(String table, String aspect) {
  public static final String CHANGELOG = "changelog";

  /** Empty if the name is that of an ordinary table. */
  public static Optional<MetadataTableName> parse(String name) {
    int dollar = name.lastIndexOf('$');
    if (dollar <= 0) {
      return Optional.empty();
    }
    String aspect = name.substring(dollar + 1).toLowerCase(Locale.ROOT);
    return aspect.equals(CHANGELOG) || MetadataTableType.from(aspect) != null
        ? Optional.of(new MetadataTableName(name.substring(0, dollar), aspect))
        : Optional.empty();
  }

  public boolean isChangelog() {
    return aspect.equals(CHANGELOG);
  }
}
