package io.orochi.table.blob;

import com.dynatrace.hash4j.hashing.Hashing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds the bytes of a blob: little-endian numbers, counted UTF-8, and a checksum at the end. */
public final class BlobOutput {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public BlobOutput putInt(int value) {
    return put(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value));
  }

  public BlobOutput putLong(long value) {
    return put(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value));
  }

  /** The number of UTF-8 bytes as an int, then the bytes. */
  public BlobOutput putText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    putInt(utf8.length);
    bytes.writeBytes(utf8);
    return this;
  }

  /** All that was put, then the xxh3-64 of it. Call it once. */
  public ByteBuffer finish() {
    putLong(Hashing.xxh3_64().hashBytesToLong(bytes.toByteArray()));
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private BlobOutput put(ByteBuffer number) {
    bytes.writeBytes(number.array());
    return this;
  }
}
