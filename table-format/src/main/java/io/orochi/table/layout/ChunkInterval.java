package io.orochi.table.layout;

/**
 * The length of a chunk: {@code count} × {@code unit}, aligned to 1970-01-01T00:00Z. The unit is
 * also the Iceberg time transform of the table, so that a chunk is a whole number of partitions.
 */
public record ChunkInterval(int count, Unit unit) {
  /** The Iceberg time transforms. */
  public enum Unit {
    HOUR,
    DAY,
    MONTH,
    YEAR
  }

  /**
   * Reads {@code '1 d'}, {@code '6 hours'}, {@code '1 month'}, {@code 'P7D'} …; {@code 24 h} is
   * {@code 1 d}.
   *
   * @throws io.orochi.table.error.OrochiException INVALID_CHUNK_INTERVAL if it is not a positive
   *     multiple of an hour, or of a month
   */
  public static ChunkInterval parse(String text) {
    throw new UnsupportedOperationException("the layout room");
  }
}
