package io.orochi.table.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.io.InputFile;

/** The xxh3-128 digest (seed 0) of a file's bytes, with their number. */
public record Digest(long high, long low, long length) implements Serializable {
  private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16})([0-9a-f]{16})/([0-9]{1,18})");

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

  public static Digest of(byte[] bytes) {
    Digester digester = new Digester();
    digester.update(bytes, 0, bytes.length);
    return digester.digest();
  }

  /** Reads what {@link #toString} prints; empty if the text is anything else. */
  public static Optional<Digest> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Digest(
                Long.parseUnsignedLong(matcher.group(1), 16),
                Long.parseUnsignedLong(matcher.group(2), 16),
                Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }

  /** 32 hexadecimal digits as other xxh3-128 tools print them, a slash, and the number of bytes. */
  @Override
  public String toString() {
    return String.format("%016x%016x/%d", high, low, length);
  }
}
