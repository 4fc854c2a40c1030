package io.orochi.table.kernel.bloom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Where the bloom filter of one column in one row group lies: a split-block filter as Parquet's
 * specification has it, of which one look-up reads one block.
 *
 * @param physicalType Parquet's type of the values that were hashed
 * @param offset of its first block in the file
 * @param blocks how many there are
 */
record BlockFilter(String physicalType, long offset, int blocks) {
  private static final int BLOCK_BYTES = 32;
  private static final int WORDS = 8;
  private static final int MOST_HEADER_BYTES = 32;

  /** One per word of a block, from Parquet's specification. */
  private static final int[] SALTS = {
    0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
  };

  /** What follows the length in a header: a block filter of xxHash, not compressed. */
  private static final byte[] KNOWN_KIND = {
    0x1c, 0x1c, 0, 0, 0x1c, 0x1c, 0, 0, 0x1c, 0x1c, 0, 0, 0
  };

  /** The number of bytes comes first, as Thrift's field 1 of type i32. */
  private static final byte LENGTH_FIELD = 0x15;

  /** Empty if the header at {@code start} is not of the one kind that is known. */
  static Optional<BlockFilter> at(FileChannel file, long start, String physicalType)
      throws IOException {
    ByteBuffer header = read(file, start, MOST_HEADER_BYTES);
    if (header.remaining() < 2 + KNOWN_KIND.length || header.get() != LENGTH_FIELD) {
      return Optional.empty();
    }
    long zigzag = 0;
    int shift = 0;
    byte next;
    do {
      next = header.get();
      zigzag |= (long) (next & 0x7f) << shift;
      shift += 7;
    } while (next < 0 && header.hasRemaining() && shift < 35);
    long bytes = zigzag >>> 1;
    byte[] kind = new byte[KNOWN_KIND.length];
    if (header.remaining() < kind.length || bytes <= 0 || bytes % BLOCK_BYTES != 0) {
      return Optional.empty();
    }
    header.get(kind);
    return java.util.Arrays.equals(kind, KNOWN_KIND)
        ? Optional.of(
            new BlockFilter(physicalType, start + header.position(), (int) (bytes / BLOCK_BYTES)))
        : Optional.empty();
  }

  /** False only if no value of this hash is in the row group. */
  boolean mayHold(FileChannel file, long hash) throws IOException {
    long block = (hash >>> 32) * blocks >>> 32;
    ByteBuffer words = read(file, offset + block * BLOCK_BYTES, BLOCK_BYTES);
    if (words.remaining() < BLOCK_BYTES) {
      return true;
    }
    int key = (int) hash;
    for (int i = 0; i < WORDS; i++) {
      int bit = key * SALTS[i] >>> 27;
      if ((words.getInt() & 1 << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  /** Fewer bytes at the end of the file. */
  private static ByteBuffer read(FileChannel file, long start, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, start + buffer.position()) < 0) {
        break;
      }
    }
    return buffer.flip();
  }
}
