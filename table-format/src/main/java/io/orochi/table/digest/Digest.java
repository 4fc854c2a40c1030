package io.orochi.table.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.io.InputFile;

/** The xxh3-128 digest (seed 0) of a file's bytes, with their number. */
public record Digest(long high, long low, long length) {
  /** Reads the whole file. */
  public static Digest of(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return Digester.digest(stream);
    }
  }

  /** Reads the whole file. */
  public static Digest of(InputFile file) throws IOException {
    try (InputStream stream = file.newStream()) {
      return Digester.digest(stream);
    }
  }

  /** 32 hexadecimal digits as other xxh3-128 tools print them, a slash, and the number of bytes. */
  @Override
  public String toString() {
    return String.format("%016x%016x/%d", high, low, length);
  }
}
