package io.orochi.table.digest;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.io.IOException;
import java.io.InputStream;

/** Digests bytes as they come. Used by one thread. */
final class Digester {
  private static final int BUFFER_BYTES = 1 << 16;

  private final HashStream128 hash = Hashing.xxh3_128().hashStream();
  private long length;

  void update(byte[] bytes, int offset, int count) {
    hash.putBytes(bytes, offset, count);
    length += count;
  }

  /** The digest of all bytes so far. */
  Digest digest() {
    HashValue128 value = hash.get();
    return new Digest(value.getMostSignificantBits(), value.getLeastSignificantBits(), length);
  }

  static Digest digest(InputStream stream) throws IOException {
    Digester digester = new Digester();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
      digester.update(buffer, 0, count);
    }
    return digester.digest();
  }
}
