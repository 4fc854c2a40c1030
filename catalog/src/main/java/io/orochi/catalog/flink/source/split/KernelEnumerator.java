package io.orochi.catalog.flink.source.split;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans the files once, off the coordinator's thread, and gives one split to each reader that asks.
 * A split that comes back from a failed reader is read again as a whole.
 */
public final class KernelEnumerator implements SplitEnumerator<KernelSplit, EnumeratorState> {
  private static final Logger LOG = LoggerFactory.getLogger(KernelEnumerator.class);

  private final SplitEnumeratorContext<KernelSplit> context;
  private final Callable<List<KernelSplit>> planning;
  private final Deque<KernelSplit> waiting = new ArrayDeque<>();
  private final TreeSet<Integer> asking = new TreeSet<>();
  private boolean planned;

  /** Starts from nothing: {@code planning} runs when the source starts. */
  public KernelEnumerator(
      SplitEnumeratorContext<KernelSplit> context, Callable<List<KernelSplit>> planning) {
    this.context = context;
    this.planning = planning;
  }

  /** Goes on where a checkpoint was taken. */
  public static KernelEnumerator restored(
      SplitEnumeratorContext<KernelSplit> context, EnumeratorState state) {
    KernelEnumerator enumerator = new KernelEnumerator(context, List::of);
    enumerator.waiting.addAll(state.waiting());
    enumerator.planned = true;
    return enumerator;
  }

  @Override
  public void start() {
    if (!planned) {
      context.callAsync(planning, this::accept);
    }
  }

  private void accept(List<KernelSplit> splits, Throwable failure) {
    if (failure != null) {
      throw failure instanceof RuntimeException known
          ? known
          : new FlinkRuntimeException("Cannot plan the files to read", failure);
    }
    LOG.info("Reading {} groups of files", splits.size());
    planned = true;
    waiting.addAll(splits);
    List.copyOf(asking).forEach(this::answer);
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    if (planned) {
      answer(subtask);
    } else {
      asking.add(subtask);
    }
  }

  private void answer(int subtask) {
    asking.remove(subtask);
    if (!context.registeredReaders().containsKey(subtask)) {
      return;
    }
    KernelSplit next = waiting.poll();
    if (next == null) {
      context.signalNoMoreSplits(subtask);
    } else {
      context.assignSplit(next, subtask);
    }
  }

  @Override
  public void addSplitsBack(List<KernelSplit> splits, int subtask) {
    splits.forEach(waiting::addFirst);
  }

  @Override
  public void addReader(int subtask) {
    // readers ask
  }

  @Override
  public EnumeratorState snapshotState(long checkpointId) {
    if (!planned) {
      throw new IllegalStateException("The files to read are not planned yet");
    }
    return new EnumeratorState(List.copyOf(waiting));
  }

  @Override
  public void close() {
    waiting.clear();
  }
}
