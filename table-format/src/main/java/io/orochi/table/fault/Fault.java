package io.orochi.table.fault;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Named points at which a test can make a protocol step fail. A point costs one volatile read while
 * nothing is armed. Points are process-wide because the steps they interrupt run on threads that no
 * test can reach; production code never arms one.
 */
public final class Fault {
  private static final Map<String, Action> ARMED = new ConcurrentHashMap<>();
  private static volatile boolean anyArmed;

  private Fault() {}

  /** What an armed point does: throw to fail the step, block to delay it, return to let it pass. */
  @FunctionalInterface
  public interface Action {
    void run() throws RuntimeException;
  }

  /** Marks a protocol step, for example {@code Fault.at("commit.after-swap")}. */
  public static void at(String point) {
    if (anyArmed) {
      Action action = ARMED.get(point);
      if (action != null) {
        action.run();
      }
    }
  }

  /** Arms a point until the returned handle is closed. */
  public static Armed arm(String point, Action action) {
    ARMED.put(point, action);
    anyArmed = true;
    return () -> {
      ARMED.remove(point, action);
      anyArmed = !ARMED.isEmpty();
    };
  }

  /** Disarms its point when closed. */
  @FunctionalInterface
  public interface Armed extends AutoCloseable {
    @Override
    void close();
  }
}
