package io.orochi.catalog.flink.sink.state;

import java.io.IOException;

public final class Versions {
  private Versions() {}

  public static void require(String what, int known, int found) throws IOException {
    if (found != known) {
      throw new IOException(
          "Cannot read a %s of version %d: this Orochi knows version %d"
              .formatted(what, found, known));
    }
  }
}
