package io.orochi.table.layout;

import org.apache.iceberg.types.Type;

/** One bucket of a distributed table, {@code 0 <= number < shards}. */
public record Shard(int number) {
  /**
   * The shard of a key, bit-equal to Iceberg's bucket transform.
   *
   * @param type the Iceberg type of the key column
   * @param key in Iceberg's internal representation (microseconds for a timestamp, CharSequence for
   *     a string, ByteBuffer for binary); null goes to shard 0
   */
  public static Shard of(Type type, Object key, int shards) {
    throw new UnsupportedOperationException("the layout room");
  }
}
