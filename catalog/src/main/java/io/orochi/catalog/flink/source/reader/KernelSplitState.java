package io.orochi.catalog.flink.source.reader;

import io.orochi.catalog.flink.source.split.KernelSplit;

/**
 * A split is read as a whole or again: the kernel gives its rows in no order, so there is no place
 * within one to go on from. Batch jobs take no checkpoints.
 */
final class KernelSplitState {
  private final KernelSplit split;
  private boolean begun;

  KernelSplitState(KernelSplit split) {
    this.split = split;
  }

  void begin() {
    begun = true;
  }

  KernelSplit whole() {
    if (begun) {
      throw new IllegalStateException("A split of a batch source cannot be checkpointed half-read");
    }
    return split;
  }
}
