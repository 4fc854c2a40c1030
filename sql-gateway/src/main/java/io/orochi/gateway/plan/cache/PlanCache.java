package io.orochi.gateway.plan.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.catalog.flink.lookup.TableShape;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.scan.NamedTables;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
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
  private final Templates templates = new Templates();

  public PlanCache(OrochiCatalog catalog, Clock clock) {
    this.catalog = catalog;
    this.clock = clock;
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
    Optional<CachedPlan> current = isCurrent(plan) ? Optional.of(plan) : renewed(plan);
    current.ifPresentOrElse(
        found -> found.use(clock.instant()), () -> plans.asMap().remove(key, plan));
    return current;
  }

  /** Empty if the tree may not be the one that the text means now. */
  private Optional<CachedPlan> renewed(CachedPlan plan) {
    Map<ObjectPath, String> versions = new HashMap<>();
    for (Map.Entry<ObjectPath, String> known : plan.versions().entrySet()) {
      ObjectPath table = known.getKey();
      Optional<String> now =
          catalog
              .version(table)
              .filter(known.getValue()::equals)
              .or(() -> versionWith(table, plan.shapes().get(table)));
      if (now.isEmpty()) {
        return Optional.empty();
      }
      versions.put(table, now.get());
    }
    CachedPlan renewed = plan.at(versions);
    plans.put(plan.key(), renewed);
    return Optional.of(renewed);
  }

  /**
   * @param shape null if only the version itself tells that nothing has changed
   */
  private Optional<String> versionWith(ObjectPath table, TableShape shape) {
    return shape == null
        ? Optional.empty()
        : catalog.shape(table).filter(now -> now.shape().equals(shape)).map(TableShape.At::version);
  }

  /** Asks the metastore for each table. */
  public boolean isCurrent(CachedPlan plan) {
    return plan.versions().entrySet().stream()
        .allMatch(known -> catalog.version(known.getKey()).equals(Optional.of(known.getValue())));
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
    CachedPlan.Basis basis =
        new CachedPlan.Basis(versions.get(), shapes(versions.get(), work.tree()));
    CachedPlan plan = new CachedPlan(on.key(), basis, work, on.spent(), clock.instant());
    plans.put(on.key(), plan);
    return Optional.of(plan);
  }

  /** Keeps the whole plan that was made from a tree, while its tables are as they were. */
  public void fix(CachedPlan plan, PlannedQuery.OnKernel fixed) {
    plan.fix(fixed);
    plans.asMap().replace(plan.key(), plan, plan);
  }

  /**
   * Of the tables as they were when the tree was made. None for a tree that reads the past: the
   * shape of a table at a time is that of its last snapshot then.
   */
  private Map<ObjectPath, TableShape> shapes(Map<ObjectPath, String> versions, RelNode tree) {
    Map<ObjectPath, TableShape> shapes = new HashMap<>();
    if (NamedTables.of(tree).stream().noneMatch(PlanCache::isOfThePast)) {
      versions.forEach(
          (table, version) ->
              catalog
                  .shape(table)
                  .filter(now -> now.version().equals(version))
                  .ifPresent(now -> shapes.put(table, now.shape())));
    }
    return shapes;
  }

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
      plan.versions().keySet().stream()
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
