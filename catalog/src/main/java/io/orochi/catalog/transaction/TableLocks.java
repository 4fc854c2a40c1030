package io.orochi.catalog.transaction;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * Lets the commits of this process take turns on a table, instead of building manifests that only
 * one of them can publish. Nothing depends on it: other processes commit without asking.
 */
final class TableLocks {
  private final Map<TableIdentifier, ReentrantLock> locks = new ConcurrentHashMap<>();

  /** What is held; closed by the thread that took it. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes the locks of all tables, always in the same order.
   *
   * @return null if one was not free in time; nothing is held then
   */
  Held take(Collection<TableIdentifier> tables, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Deque<ReentrantLock> held = new ArrayDeque<>();
    for (TableIdentifier table :
        tables.stream()
            .sorted(java.util.Comparator.comparing(TableIdentifier::toString))
            .toList()) {
      ReentrantLock lock = locks.computeIfAbsent(table, unused -> new ReentrantLock(true));
      boolean taken = false;
      try {
        taken = lock.tryLock(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      } finally {
        if (!taken) {
          held.forEach(ReentrantLock::unlock);
        }
      }
      if (!taken) {
        return null;
      }
      held.push(lock);
    }
    return () -> held.forEach(ReentrantLock::unlock);
  }
}
