package io.orochi.sketches.hll;

import io.orochi.sketches.error.SketchException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.datasketches.hll.HllSketch;

/**
 * Reads the bytes of a DataSketches HLL sketch of any of its types. The library checks lengths only
 * while Java assertions are on and would read foreign memory, so the preamble is checked here
 * first; its layout is that of the library's {@code PreambleUtil}.
 */
final class HllBytes {
  private static final int SERIAL_VERSION = 1;
  private static final int FAMILY = 7;
  private static final int COMPACT = 8;
  private static final int LG_ARRAY_MAX = 21;

  private HllBytes() {}

  /**
   * @param function names the caller in errors
   */
  static HllSketch read(String function, byte[] bytes) {
    if (!isWhole(bytes)) {
      throw SketchException.unreadable(function, null);
    }
    try {
      return HllSketch.heapify(bytes);
    } catch (RuntimeException damaged) {
      throw SketchException.unreadable(function, damaged);
    }
  }

  private static boolean isWhole(byte[] bytes) {
    if (bytes.length < 8 || bytes[1] != SERIAL_VERSION || bytes[2] != FAMILY) {
      return false;
    }
    int lgK = bytes[3];
    boolean inBounds = lgK >= HllAccumulator.LG_K_MIN && lgK <= HllAccumulator.LG_K_MAX;
    boolean arrayInBounds = bytes[4] >= 0 && bytes[4] <= LG_ARRAY_MAX;
    return inBounds
        && arrayInBounds
        && switch (bytes[7] & 3) {
          case 0 -> holdsCoupons(bytes, 2, bytes[6] & 0xff);
          case 1 -> bytes.length >= 12 && holdsCoupons(bytes, 3, intAt(bytes, 8));
          case 2 -> bytes.length >= 40 && holdsRegisters(bytes, lgK);
          default -> false;
        };
  }

  private static boolean holdsCoupons(byte[] bytes, int preambleInts, int count) {
    return bytes[0] == preambleInts && bytes.length >= preambleInts * 4L + arrayBytes(bytes, count);
  }

  private static boolean holdsRegisters(byte[] bytes, int lgK) {
    int k = 1 << lgK;
    long needed =
        switch (bytes[7] >> 2 & 3) {
          case 0 -> k / 2 + arrayBytes(bytes, intAt(bytes, 36));
          case 1 -> k * 3L / 4 + 1;
          case 2 -> k;
          default -> Long.MAX_VALUE - 40;
        };
    return bytes[0] == 10 && bytes.length >= 40 + needed;
  }

  /** A compact array holds its entries only, another has room for a power of two. */
  private static long arrayBytes(byte[] bytes, int count) {
    boolean compact = (bytes[5] & COMPACT) != 0;
    if (count < 0) {
      return Long.MAX_VALUE / 2;
    }
    return compact || count == 0 ? 4L * count : 4L << bytes[4];
  }

  private static int intAt(byte[] bytes, int offset) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }
}
