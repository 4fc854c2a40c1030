package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Tells which chunks get so many rows at once that one writer may be too few. A chunk is hot when
 * it got {@value #HOT_ROWS} rows in this or the last window of {@value #WINDOW_ROWS} rows; counts
 * are kept in a table of fixed size, where a chunk that collides with another takes its place. O(1)
 * per row. Not safe for threads.
 */
final class HotChunks implements Serializable {
  static final int WINDOW_ROWS = 1 << 16;
  static final int HOT_ROWS = WINDOW_ROWS / 4;
  private static final long serialVersionUID = 1L;
  private static final int SLOTS = 256;

  private final int[] chunks = new int[SLOTS];
  private final int[] rows = new int[SLOTS];
  private final int[] rowsBefore = new int[SLOTS];
  private int rowsInWindow;

  /** Counts a row of the chunk. */
  boolean isHotAfterOneMore(int chunk) {
    if (++rowsInWindow > WINDOW_ROWS) {
      System.arraycopy(rows, 0, rowsBefore, 0, SLOTS);
      Arrays.fill(rows, 0);
      rowsInWindow = 1;
    }
    int slot = (chunk * 0x9e3779b9) >>> 24;
    if (chunks[slot] != chunk) {
      chunks[slot] = chunk;
      rows[slot] = 0;
      rowsBefore[slot] = 0;
    }
    return ++rows[slot] >= HOT_ROWS || rowsBefore[slot] >= HOT_ROWS;
  }
}
