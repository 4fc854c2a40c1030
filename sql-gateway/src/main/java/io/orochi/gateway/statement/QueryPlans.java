package io.orochi.gateway.statement;

import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.PlannedQuery;
import io.orochi.gateway.plan.QueryPlanner;
import io.orochi.gateway.plan.QuerySettings;
import io.orochi.gateway.plan.cache.CachedPlan;
import io.orochi.gateway.plan.cache.Dependencies;
import io.orochi.gateway.plan.cache.PlanCache;
import io.orochi.gateway.plan.cache.PlanKey;
import io.orochi.gateway.plan.cache.PlanSource;
import io.orochi.gateway.plan.cache.Stability;
import io.orochi.gateway.plan.cache.Templates;
import io.orochi.gateway.plan.params.BoundTree;
import io.orochi.gateway.plan.params.LiftedQuery;
import io.orochi.gateway.plan.params.ParameterTree;
import io.orochi.gateway.plan.stage.Stages;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.planner.operations.PlannerQueryOperation;

/**
 * The plans of one statement: taken from the server's cache where they hold, else made and kept.
 */
final class QueryPlans {
  private final PlanCache cache;
  private final QueryPlanner planner;
  private final SessionContext session;
  private final PlanningEnvironment planning;
  private final ChangeTarget changes;

  /** Found valid by this statement and not run yet: to ask the metastore again tells no more. */
  private final AtomicReference<CachedPlan> justFound = new AtomicReference<>();

  QueryPlans(Engines engines, SessionContext session, StatementExecutor.State state) {
    this.cache = engines.plans();
    this.planner = engines.planner();
    this.session = session;
    this.planning = state.planning();
    this.changes = state.changes();
  }

  /**
   * What the text would be found by; empty if it may mean something else in this session than in
   * others.
   *
   * @param settings all that planning may look at
   */
  Optional<PlanKey> key(String text, Map<String, String> settings) {
    CatalogManager catalogs = session.getSessionState().catalogManager;
    String current = catalogs.getCurrentCatalog();
    boolean covered = catalogs.getCatalog(current).filter(cache::covers).isPresent();
    if (!covered
        || !planning.isShared()
        || !changes.readsCommitted()
        || session.isStatementSetState()) {
      return Optional.empty();
    }
    return Optional.of(new PlanKey(text, current, catalogs.getCurrentDatabase(), settings));
  }

  /** A query whose plan is known and holds now. */
  Optional<ParsedStatement> recall(PlanKey key) {
    return find(key)
        .map(
            plan ->
                new ParsedStatement(
                    key.text(), null, StatementKind.QUERY, new PlanSource.Known(plan)));
  }

  /**
   * A query whose constants are taken for parameters, so that it shares the tree of those that
   * differ in them alone.
   *
   * @return empty for what has to be understood with its constants
   */
  Optional<ParsedStatement> lift(PlanKey key, Supplier<TableEnvironmentInternal> create) {
    Optional<LiftedQuery> lifted = cache.templates().of(key.text());
    if (lifted.isEmpty()) {
      return Optional.empty();
    }
    PlanKey template = key.withText(lifted.get().template());
    Templates templates = cache.templates();
    if (templates.isRefused(template) || templates.isRefused(key)) {
      return Optional.empty();
    }
    Optional<CachedPlan> plan = find(template);
    if (plan.isEmpty()) {
      Dependencies dependencies = cache.dependencies(template);
      plan = planning.with(create, environment -> prepare(template, dependencies, environment));
      if (plan.isEmpty()) {
        templates.refuse(template, dependencies);
      }
    }
    return plan.flatMap(
        found ->
            lifted
                .get()
                .valuesFor(found.parameters())
                .flatMap(values -> bind(found, key.text(), values)));
  }

  /** Understands a statement anew and notes what it depends on. */
  ParsedStatement understand(PlanKey key, Supplier<ParsedStatement> parse) {
    Dependencies dependencies = cache.dependencies(key);
    ParsedStatement parsed = dependencies.noting(parse);
    return parsed.operation() instanceof PlannerQueryOperation
        ? new ParsedStatement(
            parsed.sql(), parsed.operation(), parsed.kind(), new PlanSource.Fresh(dependencies))
        : parsed;
  }

  private Optional<CachedPlan> find(PlanKey key) {
    Optional<CachedPlan> found = cache.find(key);
    justFound.set(found.orElse(null));
    return found;
  }

  /**
   * False if a table has changed since the statement began; a second call for the same plan says
   * how things are then.
   */
  boolean holds(PlanSource source) {
    CachedPlan found = justFound.getAndSet(null);
    return source
        .kept()
        .filter(plan -> !plan.equals(found))
        .filter(plan -> !cache.isCurrent(plan))
        .isEmpty();
  }

  /**
   * The whole plan, if it was made before and holds for more than one execution. Never inside a
   * transaction, even for a statement that was understood before it began.
   */
  Optional<PlannedQuery> fixed(PlanSource source) {
    if (!changes.readsCommitted()) {
      return Optional.empty();
    } else if (source instanceof PlanSource.Repeated repeated) {
      return Optional.of(repeated.planned());
    }
    return source instanceof PlanSource.Known known
        ? known.plan().fixed().map(plan -> plan)
        : Optional.empty();
  }

  /** Called by one thread at a time of a session, for what is not {@link #fixed}. */
  PlannedQuery plan(
      ParsedStatement parsed,
      TableEnvironmentInternal environment,
      QuerySettings settings,
      Stages stages) {
    PlanSource source = parsed.source();
    if (source instanceof PlanSource.Known known) {
      PlannedQuery planned =
          write(known.plan(), known.plan().tree(), environment, settings, stages);
      keep(known.plan(), planned);
      return planned;
    } else if (source instanceof PlanSource.Bound bound) {
      PlannedQuery planned = write(bound.plan(), bound.tree(), environment, settings, stages);
      if (planned instanceof PlannedQuery.OnKernel onKernel
          && changes.readsCommitted()
          && isFixed(onKernel, Stability.of(bound.tree()))) {
        bound.plan().keep(bound.values(), onKernel);
      }
      if (planned instanceof PlannedQuery.OnFlink) {
        // it will be parsed for Flink each time, which then is enough
        cache.templates().refuse(bound.plan().key().withText(parsed.sql()), bound.plan());
      }
      return planned;
    } else if (source instanceof PlanSource.Repeated repeated) {
      CachedPlan plan = repeated.plan();
      RelNode tree = BoundTree.of(plan.tree(), plan.parameters(), repeated.values()).orElseThrow();
      return write(plan, tree, environment, settings, stages);
    }
    PlannerQueryOperation query = query(parsed.operation());
    return source instanceof PlanSource.Fresh fresh && changes.readsCommitted()
        ? planAndKeep(query, fresh.dependencies(), environment, settings, stages)
        : plan(query, environment, settings, stages);
  }

  private PlannedQuery write(
      CachedPlan plan,
      RelNode tree,
      TableEnvironmentInternal environment,
      QuerySettings settings,
      Stages stages) {
    synchronized (plan.tree()) {
      return planner.plan(tree, plan.schema(), environment, settings, stages);
    }
  }

  private PlannedQuery plan(
      PlannerQueryOperation query,
      TableEnvironmentInternal environment,
      QuerySettings settings,
      Stages stages) {
    return planner.plan(
        query.getCalciteTree(), query.getResolvedSchema(), environment, settings, stages);
  }

  private PlannedQuery planAndKeep(
      PlannerQueryOperation query,
      Dependencies dependencies,
      TableEnvironmentInternal environment,
      QuerySettings settings,
      Stages stages) {
    PlannedQuery planned = dependencies.noting(() -> plan(query, environment, settings, stages));
    Stability stability = Stability.of(query.getCalciteTree());
    if (planned instanceof PlannedQuery.OnKernel
        && stability != Stability.NEVER
        && changes.readsCommitted()) {
      cache
          .put(
              dependencies,
              new CachedPlan.Work(query.getCalciteTree(), query.getResolvedSchema(), List.of()))
          .ifPresent(plan -> keep(plan, planned));
    }
    return planned;
  }

  /** Keeps the whole plan of a query without parameters if it holds for every execution. */
  private void keep(CachedPlan plan, PlannedQuery planned) {
    if (planned instanceof PlannedQuery.OnKernel onKernel
        && changes.readsCommitted()
        && isFixed(onKernel, Stability.of(plan.tree()))) {
      cache.fix(plan, onKernel);
    }
  }

  /** Whether a plan holds for every execution while its tables stay as they are. */
  private static boolean isFixed(PlannedQuery.OnKernel planned, Stability stability) {
    return (stability == Stability.ALWAYS || stability == Stability.PLAN_ONLY)
        && planned.query().inputs().stream().allMatch(KernelInput::isOfOneSnapshot);
  }

  /**
   * A query with {@code ?} planned once, with values in their places.
   *
   * @param schema what the client was told it returns
   * @return empty if a value does not have exactly its parameter's type, or if the query has to be
   *     planned with its values
   */
  Optional<ParsedStatement> bind(
      PlanKey key,
      List<Object> values,
      ResolvedSchema schema,
      Supplier<TableEnvironmentInternal> create) {
    return find(key)
        .or(
            () ->
                planning.with(
                    create, environment -> prepare(key, cache.dependencies(key), environment)))
        .filter(plan -> plan.schema().equals(schema))
        .filter(plan -> plan.parameters().size() == values.size())
        .flatMap(plan -> bind(plan, key.text(), values));
  }

  private static Optional<ParsedStatement> bind(CachedPlan plan, String text, List<Object> values) {
    Optional<PlannedQuery.OnKernel> repeated = plan.bound(values);
    if (repeated.isPresent()) {
      PlanSource source = new PlanSource.Repeated(plan, values, repeated.get());
      return Optional.of(new ParsedStatement(text, null, StatementKind.QUERY, source));
    }
    return BoundTree.of(plan.tree(), plan.parameters(), values)
        .map(
            tree ->
                new ParsedStatement(
                    text, null, StatementKind.QUERY, new PlanSource.Bound(plan, values, tree)));
  }

  private Optional<CachedPlan> prepare(
      PlanKey key, Dependencies dependencies, TableEnvironmentInternal environment) {
    return dependencies
        .noting(() -> ParameterTree.of(key.text(), environment))
        .filter(tree -> Stability.of(tree.node()) != Stability.NEVER)
        .flatMap(
            tree ->
                cache.put(
                    dependencies, new CachedPlan.Work(tree.node(), tree.schema(), tree.types())));
  }

  private static PlannerQueryOperation query(Operation operation) {
    if (operation instanceof PlannerQueryOperation query) {
      return query;
    }
    throw OrochiException.of(OrochiErrorCode.STATEMENT_NOT_SUPPORTED, "Cannot plan " + operation);
  }
}
