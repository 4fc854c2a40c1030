package io.orochi.catalog.iceberg;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pause between two attempts at a commit that others overtook. */
public final class SwapBackoff {
  private static final long SHORTEST_MILLIS = 5;
  private static final long LONGEST_MILLIS = 400;

  private SwapBackoff() {}

  /**
   * Waits up to twice as long with each attempt, 400 ms at the most; random, so that two commits
   * that met do not meet again.
   *
   * @param attempt 1 after the first
   */
  public static void pause(int attempt) {
    long most = Math.min(LONGEST_MILLIS, SHORTEST_MILLIS << Math.min(10, attempt));
    long millis = ThreadLocalRandom.current().nextLong(SHORTEST_MILLIS, most + 1);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
  }
}
