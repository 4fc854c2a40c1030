package io.orochi.table.kernel.bloom;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The hash of Parquet's bloom filters: XXH64 with seed 0, as its specification has it. */
final class Xxh64 {
  private static final long PRIME_1 = 0x9E3779B185EBCA87L;
  private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME_3 = 0x165667B19E3779F9L;
  private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME_5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE_BYTES = 32;

  private Xxh64() {}

  static long of(int value) {
    return of(bytes(Integer.BYTES).putInt(0, value));
  }

  static long of(long value) {
    return of(bytes(Long.BYTES).putLong(0, value));
  }

  /** Of all bytes of the array. */
  static long of(byte[] value) {
    return of(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long of(ByteBuffer bytes) {
    int length = bytes.remaining();
    long hash = (length >= STRIPE_BYTES ? stripes(bytes) : PRIME_5) + length;
    while (bytes.remaining() >= Long.BYTES) {
      hash = Long.rotateLeft(hash ^ round(0, bytes.getLong()), 27) * PRIME_1 + PRIME_4;
    }
    if (bytes.remaining() >= Integer.BYTES) {
      hash ^= (bytes.getInt() & 0xFFFFFFFFL) * PRIME_1;
      hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
    }
    while (bytes.hasRemaining()) {
      hash = Long.rotateLeft(hash ^ (bytes.get() & 0xFF) * PRIME_5, 11) * PRIME_1;
    }
    hash = (hash ^ hash >>> 33) * PRIME_2;
    hash = (hash ^ hash >>> 29) * PRIME_3;
    return hash ^ hash >>> 32;
  }

  private static long stripes(ByteBuffer bytes) {
    long[] lanes = {PRIME_1 + PRIME_2, PRIME_2, 0, -PRIME_1};
    while (bytes.remaining() >= STRIPE_BYTES) {
      for (int i = 0; i < lanes.length; i++) {
        lanes[i] = round(lanes[i], bytes.getLong());
      }
    }
    long hash =
        Long.rotateLeft(lanes[0], 1)
            + Long.rotateLeft(lanes[1], 7)
            + Long.rotateLeft(lanes[2], 12)
            + Long.rotateLeft(lanes[3], 18);
    for (long lane : lanes) {
      hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }
    return hash;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
  }
}
