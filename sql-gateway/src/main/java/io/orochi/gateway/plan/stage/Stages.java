package io.orochi.gateway.plan.stage;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** The time one query has spent in each stage. One thread. */
public final class Stages {
  private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);

  /** Runs a part of a stage; its time counts also if it fails. */
  public <T> T time(Stage stage, Supplier<T> part) {
    long start = System.nanoTime();
    try {
      return part.get();
    } finally {
      add(stage, System.nanoTime() - start);
    }
  }

  public void add(Stage stage, long moreNanos) {
    nanos.merge(stage, moreNanos, Long::sum);
  }

  /** Zero for a stage that was not entered. */
  public long nanos(Stage stage) {
    return nanos.getOrDefault(stage, 0L);
  }

  public long totalNanos() {
    return nanos.values().stream().mapToLong(Long::longValue).sum();
  }
}
