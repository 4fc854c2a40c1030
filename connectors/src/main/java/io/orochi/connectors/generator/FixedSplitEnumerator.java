package io.orochi.connectors.generator;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;

/** Deals a fixed list of splits out to the readers, in turn. */
public final class FixedSplitEnumerator implements SplitEnumerator<GeneratorSplit, WaitingSplits> {
  private final SplitEnumeratorContext<GeneratorSplit> context;
  private final List<String> ids;
  private final List<GeneratorSplit> waiting;

  /**
   * @param ids of all splits, in the order they are dealt
   * @param waiting those no reader has
   */
  public FixedSplitEnumerator(
      SplitEnumeratorContext<GeneratorSplit> context, List<String> ids, WaitingSplits waiting) {
    this.context = context;
    this.ids = List.copyOf(ids);
    this.waiting = new ArrayList<>(waiting.splits());
  }

  @Override
  public void start() {
    // Readers are served as they come.
  }

  @Override
  public void addReader(int subtask) {
    int readers = context.currentParallelism();
    List<GeneratorSplit> share =
        waiting.stream()
            .filter(split -> Math.floorMod(ids.indexOf(split.splitId()), readers) == subtask)
            .toList();
    for (GeneratorSplit split : share) {
      context.assignSplit(split, subtask);
    }
    waiting.removeAll(share);
    context.signalNoMoreSplits(subtask);
  }

  @Override
  public void handleSplitRequest(int subtask, String requesterHostname) {
    // Every reader has had its share when it came.
  }

  @Override
  public void addSplitsBack(List<GeneratorSplit> splits, int subtask) {
    waiting.addAll(splits);
  }

  @Override
  public WaitingSplits snapshotState(long checkpointId) {
    return new WaitingSplits(waiting);
  }

  @Override
  public void close() {
    // Nothing is held open.
  }
}
