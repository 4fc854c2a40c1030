package io.orochi.table.kernel.scan;

/** How much of a table something touches. A chunk is a time range, a shard a bucket. */
public record ScanCounts(long files, long bytes, long chunks, long shards) {
  static final ScanCounts NONE = new ScanCounts(0, 0, 0, 0);
}
