package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.flink.RowDataWrapper;
import org.apache.iceberg.types.JavaHash;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.StructProjection;

/**
 * Sends all rows of a primary key to one writer, so that the later of two is known. Rows of a chunk
 * that has more writers than buckets are spread over them by their key.
 */
final class KeyPartitioner implements Partitioner<RowData> {
  private static final long serialVersionUID = 1L;

  private final KeyHash key;
  private final PartitionCode code;

  /**
   * @param code null if the table's partitions have no code; their rows go by the key alone
   */
  KeyPartitioner(Schema schema, RowType rowType, PartitionCode code) {
    this.key = new KeyHash(schema, rowType);
    this.code = code;
  }

  @Override
  public int partition(RowData row, int writers) {
    if (code == null) {
      return Math.floorMod(key.of(row), writers);
    }
    long partition = code.of(row);
    int shards = code.shards();
    int spread = Math.max(1, writers / shards);
    int bucket = (int) partition;
    int chunk = (int) (partition >> 32);
    long slot = spread == 1 ? (long) chunk * shards + bucket : chunk + (long) bucket * spread;
    return Math.floorMod(slot + Math.floorMod(key.of(row), spread), writers);
  }

  /** A number for the primary key of a row; equal keys have equal ones. Not safe for threads. */
  private static final class KeyHash implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Schema schema;
    private final RowType rowType;
    private transient RowDataWrapper wrapper;
    private transient StructProjection key;
    private transient JavaHash<StructLike> hash;

    KeyHash(Schema schema, RowType rowType) {
      this.schema = schema;
      this.rowType = rowType;
    }

    int of(RowData row) {
      if (hash == null) {
        Schema keys = TypeUtil.select(schema, schema.identifierFieldIds());
        wrapper = new RowDataWrapper(rowType, schema.asStruct());
        key = StructProjection.create(schema, keys);
        hash = JavaHash.forType(keys.asStruct());
      }
      int number = hash.hash(key.wrap(wrapper.wrap(row))) * 0x9e3779b9;
      return number ^ (number >>> 16);
    }
  }
}
