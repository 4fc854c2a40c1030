package io.orochi.connectors.file.split;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names a file by what it holds: path, size and the digest of its first bytes. As text {@code
 * /data/a.csv#1048576-9f86d081884c7d65}.
 *
 * <p>A file under the same path with the same beginning and more bytes is the same file, grown or
 * repaired: reading goes on after the records already read. A file whose beginning differs is
 * another file and is read from its start.
 */
public record FileKey(String path, long size, String head) {
  private static final int HEAD_BYTES = 64 * 1024;

  public static FileKey of(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    long size = Files.size(absolute);
    return new FileKey(absolute.toString(), size, headDigest(absolute, size));
  }

  /** Empty if the text is no file's key: positions of other sources stand beside them. */
  public static Optional<FileKey> parse(String text) {
    int hash = text.lastIndexOf('#');
    int dash = text.lastIndexOf('-');
    if (hash < 0 || dash < hash) {
      return Optional.empty();
    }
    try {
      long size = Long.parseLong(text.substring(hash + 1, dash));
      return Optional.of(new FileKey(text.substring(0, hash), size, text.substring(dash + 1)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  public String text() {
    return path + "#" + size + "-" + head;
  }

  /** Whether {@code file}, of which this may be an earlier key, still begins with what it named. */
  public boolean isBeginningOf(FileKey file) throws IOException {
    return path.equals(file.path)
        && size < file.size
        && head.equals(headDigest(Path.of(file.path), size));
  }

  private static String headDigest(Path file, long size) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes((int) Math.min(HEAD_BYTES, size));
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(head);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
