package io.orochi.catalog.flink.source.split;

import java.util.List;

/** The splits that no reader has; where there is a state, all files have been planned. */
public record EnumeratorState(List<KernelSplit> waiting) {
  public EnumeratorState {
    waiting = List.copyOf(waiting);
  }
}
