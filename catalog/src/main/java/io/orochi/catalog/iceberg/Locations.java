package io.orochi.catalog.iceberg;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Locations as tables record them: a URI with its scheme and without a trailing slash. */
final class Locations {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.*");

  private Locations() {}

  /** A path without a scheme becomes an absolute {@code file:} URI. */
  static String normalize(String location) {
    String uri =
        SCHEME.matcher(location).matches()
            ? location
            : "file:" + Path.of(location).toAbsolutePath().normalize();
    int end = uri.length();
    while (end > 1 && uri.charAt(end - 1) == '/' && uri.charAt(end - 2) != '/') {
      end--;
    }
    return uri.substring(0, end);
  }

  static boolean isLocal(String location) {
    return !SCHEME.matcher(location).matches() || location.startsWith("file:");
  }

  /** The path of a local location, whichever way its slashes are written. */
  static Path toPath(String location) {
    if (!location.startsWith("file:")) {
      return Path.of(location);
    }
    String path = location.substring("file:".length());
    int slashes = 0;
    while (slashes < path.length() && path.charAt(slashes) == '/') {
      slashes++;
    }
    return Path.of("/" + path.substring(slashes));
  }
}
