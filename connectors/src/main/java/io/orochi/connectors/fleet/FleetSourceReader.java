package io.orochi.connectors.fleet;

import io.orochi.connectors.element.SourceElement;
import io.orochi.connectors.generator.GeneratorSplit;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Takes rows from its splits in turn, a few at a time. */
final class FleetSourceReader implements SourceReader<SourceElement, GeneratorSplit> {
  private static final int ROWS_PER_POLL = 64;

  private final FleetConfig config;
  private final Clock clock;
  private final List<FleetSplitReader> splits = new ArrayList<>();
  private int turn;
  private boolean noMoreSplits;
  private CompletableFuture<Void> splitsArrived = new CompletableFuture<>();

  FleetSourceReader(FleetConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void start() {
    // The enumerator deals the splits out by itself.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<SourceElement> output) {
    splits.removeIf(FleetSplitReader::hasEnded);
    if (splits.isEmpty()) {
      return noMoreSplits ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
    }
    long latest = config.pace() == FleetConfig.Pace.CLOCK ? nowMicros() : Long.MAX_VALUE;
    for (int tried = 0; tried < splits.size(); tried++) {
      turn = (turn + 1) % splits.size();
      FleetSplitReader split = splits.get(turn);
      if (split.nextMicros() <= latest) {
        emit(split, latest, output);
        return InputStatus.MORE_AVAILABLE;
      }
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  private static void emit(
      FleetSplitReader split, long latest, ReaderOutput<SourceElement> output) {
    for (int i = 0; i < ROWS_PER_POLL && !split.hasEnded() && split.nextMicros() <= latest; i++) {
      output.collect(split.next());
    }
  }

  private long nowMicros() {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000L + now.getNano() / 1000;
  }

  @Override
  public List<GeneratorSplit> snapshotState(long checkpointId) {
    return splits.stream().map(FleetSplitReader::split).toList();
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    if (splits.isEmpty()) {
      return splitsArrived;
    }
    long wait =
        config.pace() == FleetConfig.Pace.UNLIMITED
            ? 0
            : splits.stream().mapToLong(FleetSplitReader::nextMicros).min().orElse(0) - nowMicros();
    return wait <= 0
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(wait, TimeUnit.MICROSECONDS));
  }

  @Override
  public void addSplits(List<GeneratorSplit> added) {
    added.forEach(split -> splits.add(new FleetSplitReader(config, split)));
    splitsArrived.complete(null);
    splitsArrived = new CompletableFuture<>();
  }

  @Override
  public void notifyNoMoreSplits() {
    noMoreSplits = true;
    splitsArrived.complete(null);
    if (splits.isEmpty()) {
      splitsArrived = CompletableFuture.completedFuture(null);
    }
  }

  @Override
  public void close() {
    splits.clear();
  }
}
