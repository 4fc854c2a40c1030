package io.orochi.table.layout;

import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.SerializableFunction;

/** One bucket of a distributed table, {@code 0 <= number < shards}. */
public record Shard(int number) {
  /**
   * The shard of a key, bit-equal to Iceberg's bucket transform.
   *
   * @param type the Iceberg type of the key column
   * @param key in Iceberg's internal representation (microseconds for a timestamp, CharSequence for
   *     a string, ByteBuffer for binary). A null key, for which Iceberg has a partition of its own,
   *     counts with shard 0
   */
  public static Shard of(Type type, Object key, int shards) {
    return new Shard(router(type, shards).apply(key));
  }

  /** The same for many keys: from a key to the number of its shard. */
  public static SerializableFunction<Object, Integer> router(Type type, int shards) {
    SerializableFunction<Object, Integer> bucket = Transforms.bucket(shards).bind(type);
    return key -> key == null ? 0 : bucket.apply(key);
  }
}
