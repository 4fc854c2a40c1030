package io.orochi.gateway.statement;

import io.orochi.catalog.flink.OrochiCatalog;
import io.orochi.gateway.plan.planner.RememberedServices;
import io.orochi.gateway.plan.planner.SessionPlanner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.CatalogManager;
import org.apache.flink.table.catalog.ObjectIdentifier;
import org.apache.flink.table.operations.DescribeTableOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.ShowOperation;
import org.apache.flink.table.operations.TruncateTableOperation;
import org.apache.flink.table.operations.UseCatalogOperation;
import org.apache.flink.table.operations.UseDatabaseOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.AlterDatabaseOperation;
import org.apache.flink.table.operations.ddl.AlterTableOperation;
import org.apache.flink.table.operations.ddl.AnalyzeTableOperation;
import org.apache.flink.table.operations.ddl.CreateDatabaseOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.operations.ddl.DropDatabaseOperation;
import org.apache.flink.table.operations.ddl.DropTableOperation;
import org.apache.flink.table.operations.ddl.DropViewOperation;
import org.apache.flink.table.planner.operations.PlannerCallProcedureOperation;
import org.apache.flink.table.planner.plan.metadata.FlinkDefaultRelMetadataProvider;
import org.apache.flink.table.planner.utils.InternalConfigOptions;
import org.apache.flink.util.TemporaryClassLoaderContext;

/**
 * The table environment of one session, kept between statements because making one costs as much as
 * a small query. Flink's planner takes one thread at a time, and so does this.
 */
public final class PlanningEnvironment {
  private static final JaninoRelMetadataProvider METADATA =
      JaninoRelMetadataProvider.of(FlinkDefaultRelMetadataProvider.INSTANCE());

  /** Others make something that only their own session sees: a function, a catalog, a module. */
  private static final List<Class<? extends Operation>> CONCERN_ALL =
      List.of(
          SetOperation.class,
          ResetOperation.class,
          UseCatalogOperation.class,
          UseDatabaseOperation.class,
          AlterTableOperation.class,
          CreateDatabaseOperation.class,
          DropDatabaseOperation.class,
          AlterDatabaseOperation.class,
          PlannerCallProcedureOperation.class,
          ShowOperation.class,
          DescribeTableOperation.class,
          ExplainOperation.class,
          AnalyzeTableOperation.class,
          TruncateTableOperation.class);

  private final ReentrantLock planning = new ReentrantLock();
  private TableEnvironmentInternal environment;
  private final String sharedCatalog;
  private final RememberedServices services;
  private volatile boolean shared = true;

  /**
   * @param sharedCatalog the name of the catalog that all sessions have
   * @param services of the server, for the planner's thread
   */
  public PlanningEnvironment(String sharedCatalog, RememberedServices services) {
    this.sharedCatalog = sharedCatalog;
    this.services = services;
  }

  <T> T with(Supplier<TableEnvironmentInternal> create, Function<TableEnvironmentInternal, T> use) {
    planning.lock();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try (TemporaryClassLoaderContext ignored =
        TemporaryClassLoaderContext.of(services.inPlaceOf(context))) {
      if (environment == null) {
        environment = create.get();
      }
      // A planner expects this on its thread, and a session's statements come on many threads.
      RelMetadataQueryBase.THREAD_PROVIDERS.set(METADATA);
      TableEnvironmentInternal ready = environment;
      SessionPlanner.readViews(ready);
      return pinning(ready, () -> use.apply(ready));
    } finally {
      if (planning.getHoldCount() == 1) {
        forgetTheTime();
      }
      planning.unlock();
    }
  }

  /**
   * Flink forgets when a query began only once it is translated. After one that fails, a later
   * {@code FOR SYSTEM_TIME AS OF NOW()} would mean that time.
   */
  private void forgetTheTime() {
    if (environment != null) {
      Configuration settings = environment.getConfig().getConfiguration();
      settings.removeConfig(InternalConfigOptions.TABLE_QUERY_START_EPOCH_TIME);
      settings.removeConfig(InternalConfigOptions.TABLE_QUERY_START_LOCAL_TIME);
    }
  }

  /** Each use sees a table with the same columns from its beginning to its end. */
  private <T> T pinning(TableEnvironmentInternal environment, Supplier<T> use) {
    CatalogManager catalogs = ((TableEnvironmentImpl) environment).getCatalogManager();
    Supplier<T> work = use;
    for (String name : names(catalogs)) {
      Supplier<T> inner = work;
      work =
          catalogs
              .getCatalog(name)
              .filter(OrochiCatalog.class::isInstance)
              .<Supplier<T>>map(
                  found ->
                      () ->
                          ((OrochiCatalog) found)
                              .definitions()
                              .during(catalogs::resolveCatalogView, inner))
              .orElse(inner);
    }
    return work.get();
  }

  private Set<String> names(CatalogManager catalogs) {
    Set<String> names = new HashSet<>();
    names.add(sharedCatalog);
    names.add(String.valueOf(catalogs.getCurrentCatalog()));
    return names;
  }

  /** Runs something that may change the session, after which the next statement starts anew. */
  <T> T changing(Operation operation, Supplier<T> change) {
    planning.lock();
    try {
      shared &= concernsAll(operation);
      return change.get();
    } finally {
      environment = null;
      planning.unlock();
    }
  }

  /** Whether a statement means here what it means in every session with the same settings. */
  boolean isShared() {
    return shared;
  }

  private boolean concernsAll(Operation operation) {
    if (operation instanceof CreateTableOperation create) {
      return !create.isTemporary() && isShared(create.getTableIdentifier());
    } else if (operation instanceof DropTableOperation drop) {
      return !drop.isTemporary() && isShared(drop.getTableIdentifier());
    } else if (operation instanceof CreateViewOperation create) {
      return !create.isTemporary() && isShared(create.getViewIdentifier());
    } else if (operation instanceof DropViewOperation drop) {
      return !drop.isTemporary() && isShared(drop.getViewIdentifier());
    }
    return CONCERN_ALL.stream().anyMatch(type -> type.isInstance(operation));
  }

  private boolean isShared(ObjectIdentifier identifier) {
    return identifier.getCatalogName().equals(sharedCatalog);
  }
}
