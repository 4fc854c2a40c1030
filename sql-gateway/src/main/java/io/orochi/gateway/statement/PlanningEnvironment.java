package io.orochi.gateway.statement;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;

/**
 * The table environment of one session, kept between statements because making one costs as much as
 * a small query. Flink's planner takes one thread at a time, and so does this.
 */
public final class PlanningEnvironment {
  private final ReentrantLock planning = new ReentrantLock();
  private TableEnvironmentInternal environment;

  <T> T with(Supplier<TableEnvironmentInternal> create, Function<TableEnvironmentInternal, T> use) {
    planning.lock();
    try {
      if (environment == null) {
        environment = create.get();
      }
      return use.apply(environment);
    } finally {
      planning.unlock();
    }
  }

  /** Runs something that changes the session, after which the next statement starts anew. */
  <T> T changing(Supplier<T> change) {
    planning.lock();
    try {
      return change.get();
    } finally {
      environment = null;
      planning.unlock();
    }
  }
}
