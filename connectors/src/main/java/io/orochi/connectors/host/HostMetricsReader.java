package io.orochi.connectors.host;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.generator.GeneratorSplit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.GenericRowData;

/**
 * Samples on a timer's thread and emits on Flink's. When Flink does not take the samples, the
 * oldest are dropped.
 */
final class HostMetricsReader implements SourceReader<SourceElement, GeneratorSplit> {
  private static final int WAITING_SAMPLES = 10_000;

  private final int samplesPerSecond;
  private final Object lock = new Object();
  private final Deque<GenericRowData> samples = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private Throwable failure;
  private ScheduledExecutorService timer;
  private GeneratorSplit split;
  private boolean noMoreSplits;

  HostMetricsReader(int samplesPerSecond) {
    this.samplesPerSecond = samplesPerSecond;
  }

  @Override
  public void start() {
    // Sampling begins when the split comes.
  }

  @Override
  public void addSplits(List<GeneratorSplit> splits) {
    split = splits.get(0);
    HostRows rows;
    try {
      rows = new HostRows(Path.of("/proc"), Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "orochi-host-metrics");
              thread.setDaemon(true);
              return thread;
            });
    long period = 1_000_000L / samplesPerSecond;
    var unused =
        timer.scheduleAtFixedRate(() -> sample(rows), period, period, TimeUnit.MICROSECONDS);
  }

  private void sample(HostRows rows) {
    try {
      GenericRowData row = rows.sample();
      synchronized (lock) {
        if (samples.size() == WAITING_SAMPLES) {
          samples.removeFirst();
        }
        samples.addLast(row);
        available.complete(null);
      }
    } catch (IOException | RuntimeException e) {
      synchronized (lock) {
        failure = e;
        available.complete(null);
      }
      timer.shutdown();
    }
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceElement> output) {
    GenericRowData row;
    boolean more;
    synchronized (lock) {
      if (failure != null) {
        throw new IllegalStateException("Cannot sample the host", failure);
      }
      row = samples.pollFirst();
      more = !samples.isEmpty();
      if (!more && available.isDone()) {
        available = new CompletableFuture<>();
      }
    }
    if (row != null) {
      split = new GeneratorSplit(split.splitId(), split.ordinal() + 1);
      output.collect(new SourceElement.Row(split.splitId(), split.ordinal(), row));
    } else if (split == null && noMoreSplits) {
      return InputStatus.END_OF_INPUT;
    }
    return more ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    synchronized (lock) {
      return available;
    }
  }

  @Override
  public List<GeneratorSplit> snapshotState(long checkpointId) {
    List<GeneratorSplit> state = new ArrayList<>();
    if (split != null) {
      state.add(split);
    }
    return state;
  }

  @Override
  public void notifyNoMoreSplits() {
    synchronized (lock) {
      noMoreSplits = true;
      available.complete(null);
    }
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
