package io.orochi.gateway.kernel;

import io.orochi.catalog.hypertable.ChunkNames;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.layout.TableLayout;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.FileScanTask;

/**
 * How often the plans of queries had files of a chunk in them, since this began. A query pays for
 * noting its plan; whose chunks those are is found out when somebody asks, or when too many plans
 * wait. Of the chunks, those read last are remembered. Safe to share between threads.
 */
public final class ChunkReads {
  private static final int WAITING_PLANS = 64;

  private final int remembered;
  private final Clock clock;
  private final Map<ScanPlan, Read> waiting = new IdentityHashMap<>();
  private final LinkedHashMap<Chunk, Read> known = new LinkedHashMap<>(16, 0.75f, true);

  private record Chunk(String table, String name) {}

  private record Read(long times, Instant last) {
    Read and(Read other) {
      return new Read(times + other.times, last.isAfter(other.last) ? last : other.last);
    }
  }

  /**
   * @param remembered how many chunks of all tables
   */
  public ChunkReads(int remembered, Clock clock) {
    this.remembered = remembered;
    this.clock = clock;
  }

  /** A query is about to read these; a chunk that several of them have counts once for each. */
  synchronized void note(List<KernelInput> inputs) {
    Read now = new Read(1, clock.instant());
    for (KernelInput input : inputs) {
      if (input instanceof KernelInput.Files files && !files.plan().tasks().isEmpty()) {
        waiting.merge(files.plan(), now, Read::and);
      }
    }
    if (waiting.size() > WAITING_PLANS) {
      settle();
    }
  }

  /** For each chunk: the UUID of its table, its name, how often it was read, when last. */
  public synchronized List<Object[]> rows() {
    settle();
    return known.entrySet().stream()
        .map(
            entry ->
                new Object[] {
                  entry.getKey().table(),
                  entry.getKey().name(),
                  entry.getValue().times(),
                  entry.getValue().last().atOffset(ZoneOffset.UTC)
                })
        .toList();
  }

  private void settle() {
    waiting.forEach(this::settle);
    waiting.clear();
    var oldest = known.keySet().iterator();
    for (int surplus = known.size() - remembered; surplus > 0; surplus--) {
      oldest.next();
      oldest.remove();
    }
  }

  private void settle(ScanPlan plan, Read read) {
    if (TableLayout.of(plan.table()).isEmpty()) {
      return;
    }
    ChunkNames names = ChunkNames.of(plan.table());
    Set<String> chunks = new HashSet<>();
    for (FileScanTask task : plan.tasks()) {
      chunks.add(names.of(task.file()));
    }
    String table = plan.table().uuid().toString();
    chunks.forEach(name -> known.merge(new Chunk(table, name), read, Read::and));
  }
}
