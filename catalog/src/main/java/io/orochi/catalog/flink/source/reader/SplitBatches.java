package io.orochi.catalog.flink.source.reader;

import java.util.Set;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;

/** At most one batch of one split, or the news that a split has ended. */
final class SplitBatches implements RecordsWithSplitIds<KernelBatch> {
  private final Set<String> finished;
  private String split;
  private KernelBatch batch;

  private SplitBatches(String split, KernelBatch batch, Set<String> finished) {
    this.split = split;
    this.batch = batch;
    this.finished = finished;
  }

  static SplitBatches of(String split, KernelBatch batch) {
    return new SplitBatches(split, batch, Set.of());
  }

  static SplitBatches end(String split) {
    return new SplitBatches(null, null, Set.of(split));
  }

  static SplitBatches nothing() {
    return new SplitBatches(null, null, Set.of());
  }

  @Override
  public String nextSplit() {
    String next = split;
    split = null;
    return next;
  }

  @Override
  public KernelBatch nextRecordFromSplit() {
    KernelBatch next = batch;
    batch = null;
    return next;
  }

  @Override
  public Set<String> finishedSplits() {
    return finished;
  }
}
