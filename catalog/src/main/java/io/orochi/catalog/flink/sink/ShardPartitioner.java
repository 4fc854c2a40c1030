package io.orochi.catalog.flink.sink;

import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.table.data.RowData;

/**
 * Sends each (chunk, bucket) to one writer, so that files are few and large. Where there are more
 * writers than buckets, the buckets of a hot chunk are spread in turn over their share of writers:
 * one hot chunk of a table without distribution keeps every writer busy, a load of many chunks
 * makes one file of each. O(1) per row.
 */
final class ShardPartitioner implements Partitioner<RowData> {
  private static final long serialVersionUID = 1L;

  private final PartitionCode code;
  private final HotChunks hotChunks = new HotChunks();
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
    long slot = spread == 1 ? (long) chunk * shards + bucket : chunk + (long) bucket * spread;
    if (spread > 1 && hotChunks.isHotAfterOneMore(chunk)) {
      turn = turn + 1 == spread ? 0 : turn + 1;
      slot += turn;
    }
    return Math.floorMod(slot, writers);
  }
}
