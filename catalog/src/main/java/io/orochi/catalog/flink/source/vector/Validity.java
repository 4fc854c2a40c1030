package io.orochi.catalog.flink.source.vector;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.ValueVector;

/** Which rows of a column are null. Keeps no reference to Arrow's memory. */
final class Validity {
  private static final Validity NO_NULLS = new Validity(null);

  private final byte[] present;

  private Validity(byte[] present) {
    this.present = present;
  }

  static Validity of(ValueVector vector) {
    if (vector.getNullCount() == 0) {
      return NO_NULLS;
    }
    byte[] bits = new byte[(vector.getValueCount() + 7) / 8];
    vector.getValidityBuffer().getBytes(0, bits);
    return new Validity(bits);
  }

  boolean isNull(int row) {
    return present != null && (present[row >> 3] & 1 << (row & 7)) == 0;
  }

  /** The first {@code bytes} bytes of a vector's data, little-endian; valid until it is freed. */
  static ByteBuffer data(ValueVector vector, long bytes) {
    return vector
        .getDataBuffer()
        .nioBuffer(0, Math.toIntExact(bytes))
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
