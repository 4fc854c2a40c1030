package io.orochi.table.kernel.deletes;

/**
 * What an instance knows of deleted rows.
 *
 * @param sets positions that were decoded
 * @param kept the function that queries ask
 * @param mostBits bytes of positions that one scan may decode
 */
public record DeleteMemory(PositionSets sets, KeptRows kept, long mostBits) {
  private static final int HEAP_SHARE = 16;

  /** A sixteenth of the heap for what is remembered, and as much for what runs. */
  public static DeleteMemory ofHeap() {
    return ofBytes(Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  /**
   * @param bytes of each
   */
  public static DeleteMemory ofBytes(long bytes) {
    return new DeleteMemory(new PositionSets(bytes), new KeptRows(bytes), bytes);
  }
}
