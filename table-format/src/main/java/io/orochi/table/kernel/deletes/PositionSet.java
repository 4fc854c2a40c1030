package io.orochi.table.kernel.deletes;

import java.util.Optional;
import org.apache.iceberg.deletes.PositionDeleteIndex;

/** Positions in one data file as a bit each. Asking takes constant time. Immutable. */
public final class PositionSet {
  private static final int FIRST_BIT = 0x80;

  private final byte[] bits;

  private PositionSet(byte[] bits) {
    this.bits = bits;
  }

  /** The size of the set of a file; its rows must fit an int. */
  public static long bytesOf(long rows) {
    return rows / Byte.SIZE + 1;
  }

  /**
   * @param rows of the data file
   * @return empty if a position is not one of the file's
   */
  static Optional<PositionSet> of(PositionDeleteIndex positions, long rows) {
    byte[] bits = new byte[Math.toIntExact(bytesOf(rows))];
    boolean[] outside = new boolean[1];
    positions.forEach(
        position -> {
          if (position < 0 || position >= rows) {
            outside[0] = true;
          } else {
            bits[(int) (position >>> 3)] |= (byte) (FIRST_BIT >>> (position & 7));
          }
        });
    return outside[0] ? Optional.empty() : Optional.of(new PositionSet(bits));
  }

  /**
   * @param position of a row of the file
   */
  boolean contains(long position) {
    return (bits[(int) (position >>> 3)] & FIRST_BIT >>> (position & 7)) != 0;
  }

  /** The highest bit of the first byte is the first row's; not to be changed. */
  public byte[] bits() {
    return bits;
  }
}
