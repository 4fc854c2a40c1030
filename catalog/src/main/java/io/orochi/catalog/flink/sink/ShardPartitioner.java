package io.orochi.catalog.flink.sink;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.table.data.RowData;

/**
 * Sends each (chunk, bucket) to one writer, so that files are few and large. Where there are more
 * writers than buckets, each bucket is spread in turn over its share of them: one hot chunk of a
 * table without distribution keeps every writer busy. O(1) per row.
 */
final class ShardPartitioner implements Partitioner<RowData> {
  private static final long serialVersionUID = 1L;

  private final PartitionCode code;
  private int turn;

  ShardPartitioner(PartitionCode code) {
    this.code = code;
  }

  @Override
  public int partition(RowData row, int writers) {
    long partition = code.of(row);
    int shards = code.shards();
    int spread = Math.max(1, writers / shards);
    int bucket = (int) partition;
    int chunk = (int) (partition >> 32);
    long slot = ((long) chunk * shards + bucket) * spread;
    if (spread > 1) {
      turn = turn + 1 == spread ? 0 : turn + 1;
      slot += turn;
    }
    return Math.floorMod(slot, writers);
  }
}
