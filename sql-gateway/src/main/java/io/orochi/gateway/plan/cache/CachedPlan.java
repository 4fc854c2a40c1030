package io.orochi.gateway.plan.cache;

import io.orochi.catalog.flink.lookup.TableShape;
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
 * A query that was planned for the kernel, and everything it depends on: its whole plans on the
 * versions of its tables, its tree on their shapes. Sessions share it: the tree is only ever read,
 * and one thread at a time, which holds its lock, writes SQL from it.
 */
public final class CachedPlan {
  private final PlanKey key;
  private final Basis basis;
  private final Work work;
  private final Duration planning;
  private final AtomicLong hits;
  private final BoundPlans bound = new BoundPlans();
  private volatile PlannedQuery.OnKernel fixed;
  private volatile Instant lastUsed;

  /**
   * What was understood.
   *
   * @param parameters the types of the {@code ?} in the tree
   */
  public record Work(RelNode tree, ResolvedSchema schema, List<RelDataType> parameters) {
    public Work {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * What a plan was made from.
   *
   * @param versions of the tables it depends on, info views included
   * @param shapes what the tree depends on, of those tables whose versions may change under it
   */
  record Basis(Map<ObjectPath, String> versions, Map<ObjectPath, TableShape> shapes) {
    Basis {
      versions = Map.copyOf(versions);
      shapes = Map.copyOf(shapes);
    }
  }

  CachedPlan(PlanKey key, Basis basis, Work work, Duration planning, Instant created) {
    this(key, basis, work, planning, new AtomicLong(), created);
  }

  private CachedPlan(
      PlanKey key, Basis basis, Work work, Duration planning, AtomicLong hits, Instant lastUsed) {
    this.key = key;
    this.basis = basis;
    this.work = work;
    this.planning = planning;
    this.hits = hits;
    this.lastUsed = lastUsed;
  }

  /** The same tree for tables of the same shapes, whose rows have changed. */
  CachedPlan at(Basis now) {
    return new CachedPlan(key, now, work, planning, hits, lastUsed);
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
    return Optional.ofNullable(fixed);
  }

  void fix(PlannedQuery.OnKernel plan) {
    fixed = plan;
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

  Basis basis() {
    return basis;
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
