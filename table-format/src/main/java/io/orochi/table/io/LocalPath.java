package io.orochi.table.io;

import java.nio.file.Path;
import java.util.Optional;

/** Where a location is on this machine. */
public final class LocalPath {
  private static final String SCHEME = "file:";

  private LocalPath() {}

  /**
   * The path of a location on the local file system; empty for any other. Locations are not URIs: a
   * blank or a percent sign stands for itself.
   */
  public static Optional<Path> of(String location) {
    if (location.startsWith(SCHEME)) {
      return Optional.of(
          Path.of("/" + location.substring(SCHEME.length()).replaceFirst("^/+", "")));
    }
    return location.startsWith("/") ? Optional.of(Path.of(location)) : Optional.empty();
  }
}
