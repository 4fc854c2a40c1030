package io.orochi.gateway.plan.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.scan.NamedTables;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.catalog.CatalogTable;
import org.apache.flink.table.catalog.ContextResolvedTable;
import org.apache.flink.table.catalog.ObjectPath;

/**
 * Plans of kernel queries, shared by all sessions. A whole plan is found only while every table it
 * depends on is exactly as it was: a commit, ALTER, DROP or a table made again under the same name
 * each move the pointer that is compared, so nothing has to be told to the cache. After commits of
 * rows the tables' shapes are the same, and the plan's tree is found, to be planned with the files
 * of now. The least recently used plans leave when their estimated size exceeds the limit. Safe to
 * share.
 */
public final class PlanCache {
  private static final long MOST_BYTES = 64L << 20;

  private final OrochiCatalog catalog;
  private final Clock clock;
  private final Cache<PlanKey, CachedPlan> plans =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((PlanKey key, CachedPlan plan) -> plan.weight())
          .build();
  private final KnownTables tables;
  private final Templates templates;

  public PlanCache(OrochiCatalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
    this.tables = new KnownTables(catalog);
    this.templates = new Templates(tables);
  }

  /** Whether this cache knows the versions of a catalog's tables; each session has its own view. */
  public boolean covers(Catalog other) {
    return other instanceof OrochiCatalog ofSession
        && ofSession.icebergCatalog() == catalog.icebergCatalog();
  }

  /** A plan that is valid now, or at least its tree; counts as a use. */
  public Optional<CachedPlan> find(PlanKey key) {
    CachedPlan plan = plans.getIfPresent(key);
    if (plan == null) {
      return Optional.empty();
    }
    Optional<CachedPlan> current = tables.renewed(plan.basis()).map(now -> renewed(plan, now));
    current.ifPresentOrElse(
        found -> found.use(clock.instant()), () -> plans.asMap().remove(key, plan));
    return current;
  }

  private CachedPlan renewed(CachedPlan plan, CachedPlan.Basis now) {
    if (now.equals(plan.basis())) {
      return plan;
    }
    CachedPlan renewed = plan.at(now);
    plans.put(plan.key(), renewed);
    return renewed;
  }

  /** Asks the metastore for each table. */
  public boolean isCurrent(CachedPlan plan) {
    return tables.isCurrent(plan.basis().versions());
  }

  /** What queries with constants are looked up by. */
  public Templates templates() {
    return templates;
  }

  /** Starts to note what a statement depends on; one statement, one thread. */
  public Dependencies dependencies(PlanKey key) {
    return new Dependencies(key, catalog.lookups());
  }

  /** Keeps a plan, unless it depends on something that has no version. */
  public Optional<CachedPlan> put(Dependencies on, CachedPlan.Work work) {
    Optional<Map<ObjectPath, String>> versions = on.versions();
    if (versions.isEmpty()) {
      return Optional.empty();
    }
    boolean readsThePast = NamedTables.of(work.tree()).stream().anyMatch(PlanCache::isOfThePast);
    CachedPlan.Basis basis =
        readsThePast
            ? new CachedPlan.Basis(versions.get(), Map.of())
            : tables.basis(versions.get());
    CachedPlan plan = new CachedPlan(on.key(), basis, work, on.spent(), clock.instant());
    plans.put(on.key(), plan);
    return Optional.of(plan);
  }

  /** Keeps the whole plan that was made from a tree, while its tables are as they were. */
  public void fix(CachedPlan plan, PlannedQuery.OnKernel fixed) {
    plan.fix(fixed);
    plans.asMap().replace(plan.key(), plan, plan);
  }

  /** The shape of a table at a time is that of its last snapshot then. */
  private static boolean isOfThePast(ContextResolvedTable table) {
    return !(table.getResolvedTable() instanceof CatalogTable known)
        || known.getSnapshot().isPresent();
  }

  /** The rows of {@code info.plan_cache}, most used first. */
  public List<Object[]> rows() {
    return plans.asMap().values().stream()
        .sorted(Comparator.comparingLong(CachedPlan::hits).reversed())
        .map(PlanCache::row)
        .toList();
  }

  private static Object[] row(CachedPlan plan) {
    return new Object[] {
      plan.key().text(),
      plan.key().database(),
      plan.hits(),
      plan.planning().toNanos() / 1e6,
      "kernel",
      plan.basis().versions().keySet().stream()
          .map(ObjectPath::getFullName)
          .sorted()
          .collect(Collectors.joining(", ")),
      OffsetDateTime.ofInstant(plan.lastUsed(), ZoneOffset.UTC)
    };
  }

  static long filesOf(KernelInput input) {
    return input instanceof KernelInput.Files files ? files.plan().filesRead() : 0;
  }
}
