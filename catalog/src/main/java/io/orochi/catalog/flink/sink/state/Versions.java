package io.orochi.catalog.flink.sink.state;

import java.io.IOException;

public final class Versions {
  private Versions() {}

  public static void requireUpTo(String what, int newest, int found) throws IOException {
    if (found < 1 || found > newest) {
      throw new IOException(
          "Cannot read a %s of version %d: this Orochi knows versions up to %d"
              .formatted(what, found, newest));
    }
  }
}
