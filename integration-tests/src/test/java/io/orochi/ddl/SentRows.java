package io.orochi.ddl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each writer has sent, and what of it must be seen. Rows of the stream come in their order,
 * so that those seen once are a beginning of it. Safe for threads.
 */
final class SentRows {
  /** The writer whose rows come through the job. */
  static final int STREAM = 0;

  private final Set<Integer> streamColumns;
  private final Map<Key, Sent> sent = new ConcurrentHashMap<>();
  private final TreeMap<Long, Long> streamSeen = new TreeMap<>();
  private volatile long streamSent;

  SentRows(List<Integer> streamColumns) {
    this.streamColumns = Set.copyOf(streamColumns);
    streamSeen.put(Long.MIN_VALUE, 0L);
  }

  /** A row's name. */
  record Key(int writer, long seq) {}

  /**
   * @param seenFrom when it must be seen; the greatest number while that is unknown
   */
  private record Sent(Set<Integer> columns, long seenFrom) {}

  void sending(int writer, long seq, List<Integer> columns) {
    sent.put(new Key(writer, seq), new Sent(Set.copyOf(columns), Long.MAX_VALUE));
  }

  void committed(int writer, long seq) {
    sent.computeIfPresent(
        new Key(writer, seq), (key, row) -> new Sent(row.columns(), System.nanoTime()));
  }

  void refused(int writer, long seq) {
    sent.remove(new Key(writer, seq));
  }

  /** The stream gives rows 0 to {@code count} - 1. */
  void streamed(long count) {
    streamSent = count;
  }

  long streamSent() {
    return streamSent;
  }

  /** That an answer, complete at {@code at}, had this many rows of the stream. */
  synchronized void streamSeen(long count, long at) {
    streamSeen.merge(at, count, Math::max);
  }

  /** How many rows of the stream an answer must have that is asked for at {@code start}. */
  synchronized long streamSeenBefore(long start) {
    return streamSeen.headMap(start).values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The columns a row was written with; null if there is no such row. */
  Set<Integer> columns(Key key) {
    if (key.writer() == STREAM) {
      return key.seq() >= 0 && key.seq() < streamSent ? streamColumns : null;
    }
    Sent row = sent.get(key);
    return row == null ? null : row.columns();
  }

  /** Rows of the writers that an answer must have that is asked for at {@code start}. */
  Map<Key, Set<Integer>> certain(long start) {
    Map<Key, Set<Integer>> certain = new HashMap<>();
    sent.forEach(
        (key, row) -> {
          if (row.seenFrom() < start) {
            certain.put(key, row.columns());
          }
        });
    return certain;
  }
}
