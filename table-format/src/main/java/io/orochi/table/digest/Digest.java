package io.orochi.table.digest;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.io.InputFile;

/** The xxh3-128 digest of a file's bytes, with their number. */
public record Digest(long high, long low, long length) {
  /** Reads the whole file. */
  public static Digest of(Path file) throws IOException {
    throw new IOException("the digest room " + file);
  }

  /** Reads the whole file. */
  public static Digest of(InputFile file) throws IOException {
    throw new IOException("the digest room " + file);
  }
}
