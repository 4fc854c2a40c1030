package io.orochi.gateway.kernel.cache;

import io.orochi.gateway.kernel.KernelCursor;
import io.orochi.gateway.plan.KernelQuery;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Answers of kernel queries, found by what they were computed from. A snapshot never changes, so an
 * answer is never stale: after a commit the same statement reads another snapshot and has another
 * key. The least recently used answers leave when all together exceed the limit. Safe to share.
 */
public final class ResultCache {
  /** An answer that takes more than this part of the cache is not kept. */
  private static final int LARGEST_PART = 8;

  private final long mostBytes;
  private final Clock clock;
  private final Map<ResultKey, CachedResult> results = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param mostBytes of answers and keys; 0 keeps nothing
   */
  public ResultCache(long mostBytes, Clock clock) {
    this.mostBytes = mostBytes;
    this.clock = clock;
  }

  public boolean isOn() {
    return mostBytes > 0;
  }

  /** An answer that was computed before; counts as a use. */
  public Optional<KernelCursor> find(ResultKey key, KernelQuery query, BufferAllocator allocator) {
    CachedResult result;
    synchronized (this) {
      result = results.get(key);
      if (result == null) {
        return Optional.empty();
      }
      result.use(clock.instant());
    }
    return Optional.of(new ReplayCursor(result.stream(), query.inputs(), allocator));
  }

  /** The same cursor; when it has been read to its end, its batches are kept. */
  public KernelCursor recording(ResultKey key, KernelCursor cursor, BufferAllocator allocator) {
    return new RecordingCursor(
        cursor,
        allocator,
        mostBytes / LARGEST_PART,
        (stream, rows) -> put(key, new CachedResult(stream, rows, clock.instant())));
  }

  private synchronized void put(ResultKey key, CachedResult result) {
    CachedResult before = results.put(key, result);
    bytes += sizeOf(key, result) - (before == null ? 0 : sizeOf(key, before));
    Iterator<Map.Entry<ResultKey, CachedResult>> oldest = results.entrySet().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      Map.Entry<ResultKey, CachedResult> entry = oldest.next();
      bytes -= sizeOf(entry.getKey(), entry.getValue());
      oldest.remove();
    }
  }

  private static long sizeOf(ResultKey key, CachedResult result) {
    return key.size() + result.stream().length;
  }

  /** What all answers and their keys take. */
  public synchronized long bytes() {
    return bytes;
  }

  /** The rows of {@code info.query_cache}, most used first. */
  public synchronized List<Object[]> rows() {
    List<Map.Entry<ResultKey, CachedResult>> entries = new ArrayList<>(results.entrySet());
    entries.sort(
        Comparator.comparingLong(
                (Map.Entry<ResultKey, CachedResult> entry) -> entry.getValue().hits())
            .reversed());
    return entries.stream().map(entry -> row(entry.getKey(), entry.getValue())).toList();
  }

  private static Object[] row(ResultKey key, CachedResult result) {
    return new Object[] {
      key.sql(),
      key.inputs().stream().map(ResultKey.Input::name).distinct().collect(Collectors.joining(", ")),
      key.inputs().stream()
          .map(ResultKey.Input::snapshotId)
          .filter(java.util.Objects::nonNull)
          .distinct()
          .map(String::valueOf)
          .collect(Collectors.joining(", ")),
      result.rows(),
      sizeOf(key, result),
      result.hits(),
      result.created().atOffset(ZoneOffset.UTC),
      result.lastUsed().atOffset(ZoneOffset.UTC)
    };
  }
}
