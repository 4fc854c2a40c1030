package io.orochi.gateway.change;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Lets the statements of one server that write keys of the same table wait for each other, instead
 * of each computing what the others then make it compute again. Only saves work: what writers of
 * other processes do is found at the commit. Safe for threads.
 */
public final class KeyTurns {
  private static final int LOCKS = 64;

  private final Lock[] locks =
      Stream.generate(() -> new ReentrantLock(true)).limit(LOCKS).toArray(Lock[]::new);

  /** Tables may share one. */
  Lock of(String table) {
    return locks[Math.floorMod(table.hashCode(), LOCKS)];
  }
}
