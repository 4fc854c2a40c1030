package io.orochi.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes that a released version wrote, as hexadecimal text in {@code golden/}. */
public final class GoldenBytes {
  private GoldenBytes() {}

  public static byte[] read(String name) {
    try (InputStream stream = GoldenBytes.class.getResourceAsStream("/golden/" + name)) {
      String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  public static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
