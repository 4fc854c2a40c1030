package io.orochi.gateway.plan.cache;

import io.orochi.gateway.plan.PlannedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.flink.table.catalog.ObjectPath;
import org.apache.flink.table.catalog.ResolvedSchema;

/**
 * A query that was planned for the kernel, and everything it depends on. Sessions share it: the
 * tree is only ever read, and one thread at a time writes SQL from it.
 */
public final class CachedPlan {
  private final PlanKey key;
  private final Map<ObjectPath, String> versions;
  private final Work work;
  private final Duration planning;
  private final AtomicLong hits = new AtomicLong();
  private final BoundPlans bound = new BoundPlans();
  private volatile Instant lastUsed;

  /**
   * What was understood.
   *
   * @param parameters the types of the {@code ?} in the tree
   * @param fixed null if a plan holds for one execution only, because of the clock or parameters
   */
  public record Work(
      RelNode tree,
      ResolvedSchema schema,
      List<RelDataType> parameters,
      PlannedQuery.OnKernel fixed) {
    public Work {
      parameters = List.copyOf(parameters);
    }
  }

  CachedPlan(
      PlanKey key,
      Map<ObjectPath, String> versions,
      Work work,
      Duration planning,
      Instant created) {
    this.key = key;
    this.versions = Map.copyOf(versions);
    this.work = work;
    this.planning = planning;
    this.lastUsed = created;
  }

  public PlanKey key() {
    return key;
  }

  public RelNode tree() {
    return work.tree();
  }

  public ResolvedSchema schema() {
    return work.schema();
  }

  public List<RelDataType> parameters() {
    return work.parameters();
  }

  /** Empty if the plan has to be made from {@link #tree} for each execution. */
  public Optional<PlannedQuery.OnKernel> fixed() {
    return Optional.ofNullable(work.fixed());
  }

  /** The whole plan for these values of its parameters, if one was kept. */
  public Optional<PlannedQuery.OnKernel> bound(List<Object> values) {
    return bound.find(values);
  }

  /**
   * Keeps a plan that holds for every execution with the same values while this one holds.
   *
   * @param values never changed afterwards
   */
  public void keep(List<Object> values, PlannedQuery.OnKernel plan) {
    bound.put(values, plan);
  }

  /** The tables the plan depends on, info views included. */
  Map<ObjectPath, String> versions() {
    return versions;
  }

  /** What parsing and planning took. */
  Duration planning() {
    return planning;
  }

  long hits() {
    return hits.get();
  }

  Instant lastUsed() {
    return lastUsed;
  }

  void use(Instant now) {
    hits.incrementAndGet();
    lastUsed = now;
  }

  /** Bytes, roughly: the tree holds a few nodes for each word of the text. */
  int weight() {
    long files =
        fixed()
            .map(plan -> plan.query().inputs().stream().mapToLong(PlanCache::filesOf).sum())
            .orElse(0L);
    int length = key.text().length();
    long byValues = parameters().isEmpty() ? 0 : BoundPlans.weight(length);
    return (int) Math.min(Integer.MAX_VALUE, 4_096 + 40L * length + 32 * files + byValues);
  }
}
