package io.orochi.catalog.flink.source.reader;

import io.orochi.catalog.flink.source.kernel.KernelUse;
import io.orochi.catalog.flink.source.kernel.SharedKernels;
import io.orochi.catalog.flink.source.scan.KernelScan;
import io.orochi.catalog.flink.source.split.KernelSplit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;

/**
 * Reads splits one after the other, on the fetcher's thread. {@link #cancel} may come from another:
 * what the kernel computes then ends at once.
 */
final class KernelSplitReader implements SplitReader<KernelBatch, KernelSplit> {
  private final KernelScan scan;
  private final Supplier<KernelUse> kernels;
  private final Deque<KernelSplit> waiting = new ArrayDeque<>();
  private KernelUse kernel;
  private volatile RunningScan running;
  private volatile boolean cancelled;

  KernelSplitReader(KernelScan scan, Supplier<KernelUse> kernels) {
    this.scan = scan;
    this.kernels = kernels;
  }

  @Override
  public RecordsWithSplitIds<KernelBatch> fetch() {
    if (running == null && !startNext()) {
      return SplitBatches.nothing();
    }
    String split = running.splitId();
    KernelBatch batch = running.next();
    if (batch != null) {
      return SplitBatches.of(split, batch);
    }
    closeRunning();
    return SplitBatches.end(split);
  }

  private boolean startNext() {
    KernelSplit next = waiting.poll();
    if (next == null) {
      return false;
    }
    if (kernel == null) {
      kernel = kernels.get();
    }
    running = new RunningScan(next, scan, kernel);
    if (cancelled) {
      running.cancel();
    }
    running.start(SharedKernels.planner());
    return true;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<KernelSplit> change) {
    waiting.addAll(change.splits());
  }

  /** A fetch ends with its batch; only {@link #cancel} ends it earlier. */
  @Override
  public void wakeUp() {}

  void cancel() {
    cancelled = true;
    RunningScan now = running;
    if (now != null) {
      now.cancel();
    }
  }

  @Override
  public void close() {
    closeRunning();
    if (kernel != null) {
      kernel.close();
    }
  }

  private void closeRunning() {
    RunningScan ended = running;
    running = null;
    if (ended != null) {
      ended.close();
    }
  }
}
