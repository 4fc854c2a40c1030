package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import org.apache.flink.core.memory.MemorySegment;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.binary.BinaryStringData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.iceberg.util.BucketUtil;

/**
 * Iceberg's {@code bucket[n]} of one column, computed on Flink's binary data: text is hashed where
 * it lies. Bit-equal to {@link BucketUtil}. Safe for threads.
 */
final class Bucket implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private enum Kind {
    INT,
    LONG,
    TEXT
  }

  private final int column;
  private final int buckets;
  private final Kind kind;

  private Bucket(int column, int buckets, Kind kind) {
    this.column = column;
    this.buckets = buckets;
    this.kind = kind;
  }

  static boolean supports(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case INTEGER, DATE, BIGINT, VARCHAR, CHAR -> true;
      default -> false;
    };
  }

  static Bucket of(int column, int buckets, LogicalType type) {
    Kind kind =
        switch (type.getTypeRoot()) {
          case INTEGER, DATE -> Kind.INT;
          case BIGINT -> Kind.LONG;
          case VARCHAR, CHAR -> Kind.TEXT;
          default -> throw new IllegalArgumentException(type.asSummaryString());
        };
    return new Bucket(column, buckets, kind);
  }

  int buckets() {
    return buckets;
  }

  /** The bucket, or -1 for NULL. */
  int of(RowData row) {
    if (row.isNullAt(column)) {
      return -1;
    }
    int hash =
        switch (kind) {
          case INT -> BucketUtil.hash(row.getInt(column));
          case LONG -> BucketUtil.hash(row.getLong(column));
          case TEXT -> hash(row.getString(column));
        };
    return (hash & Integer.MAX_VALUE) % buckets;
  }

  static int hash(StringData text) {
    if (text instanceof BinaryStringData binary) {
      binary.ensureMaterialized();
      MemorySegment[] segments = binary.getSegments();
      if (segments.length == 1) {
        return murmur3(segments[0], binary.getOffset(), binary.getSizeInBytes());
      }
    }
    return BucketUtil.hash(text.toString());
  }

  /** Murmur3 x86 32 with seed 0 (Appleby, smhasher; the variant Iceberg's specification names). */
  private static int murmur3(MemorySegment bytes, int offset, int length) {
    int hash = 0;
    int blocksEnd = offset + (length & ~3);
    for (int i = offset; i < blocksEnd; i += 4) {
      hash ^= scramble(bytes.getIntLittleEndian(i));
      hash = Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
    }
    int tail = 0;
    for (int i = (length & 3) - 1; i >= 0; i--) {
      tail = (tail << 8) | (bytes.get(blocksEnd + i) & 0xff);
    }
    hash ^= scramble(tail);
    hash ^= length;
    hash ^= hash >>> 16;
    hash *= 0x85ebca6b;
    hash ^= hash >>> 13;
    hash *= 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  private static int scramble(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }
}
