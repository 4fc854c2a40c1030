package io.orochi.table.layout;

import java.util.Locale;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;

/** Tells by where data files lie which tier of a table they are on. Immutable. */
public final class TierLocations {
  /** The tier new files are written to. */
  public static final String HOT = "hot";

  private static final String LOCAL = "local";

  private final String own;

  private TierLocations(String own) {
    this.own = own;
  }

  public static TierLocations of(Table table) {
    String location =
        table.properties().getOrDefault(TableProperties.WRITE_DATA_LOCATION, table.location());
    return new TierLocations(path(location) + "/");
  }

  /** Empty for a file that lies outside the table's own location, whose tier is not known. */
  public Optional<String> tierOf(String file) {
    return path(file).startsWith(own) ? Optional.of(HOT) : Optional.empty();
  }

  /**
   * What holds a file: {@code local} for a file system of this machine, else such as {@code s3}.
   */
  public static String storageOf(String file) {
    int scheme = file.indexOf(":/");
    String name = scheme < 0 ? "file" : file.substring(0, scheme).toLowerCase(Locale.ROOT);
    return switch (name) {
      case "file" -> LOCAL;
      case "s3a", "s3n" -> "s3";
      default -> name;
    };
  }

  /** A local location is spelt in several ways. */
  private static String path(String location) {
    String path = location.replaceFirst("^file:/+", "/");
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
