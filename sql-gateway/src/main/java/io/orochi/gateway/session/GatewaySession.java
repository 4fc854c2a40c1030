package io.orochi.gateway.session;

import io.orochi.catalog.settings.Settings;
import io.orochi.catalog.transaction.OpenTransactions;
import io.orochi.gateway.change.ChangeTarget;
import io.orochi.gateway.change.CommitAtOnce;
import io.orochi.gateway.plan.planner.RememberedServices;
import io.orochi.gateway.statement.Engines;
import io.orochi.gateway.statement.PlanningEnvironment;
import io.orochi.gateway.statement.SessionSettings;
import io.orochi.gateway.statement.StatementExecutor;
import io.orochi.gateway.transaction.SessionTarget;
import io.orochi.gateway.transaction.SessionTransaction;
import java.io.IOException;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.catalog.Catalog;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.resource.ResourceManager;
import org.apache.flink.util.FlinkUserCodeClassLoaders;
import org.apache.flink.util.MutableURLClassLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Flink's session whose statements run on our engines and which leaves the shared catalog open. */
public final class GatewaySession extends SessionContext {
  private static final Logger LOG = LoggerFactory.getLogger(GatewaySession.class);

  private final Engines engines;
  private final PlanningEnvironment planning;
  private final SessionTransaction transaction;
  private final ChangeTarget changes;
  private final SessionSettings settings = new SessionSettings();

  private GatewaySession(
      DefaultContext defaults,
      SessionHandle handle,
      SessionEnvironment environment,
      Configuration configuration,
      ResourceManager resources,
      Shared shared) {
    super(
        defaults,
        handle,
        environment.getSessionEndpointVersion(),
        configuration,
        resources.getUserClassLoader(),
        initializeSessionState(environment, configuration, resources),
        new SessionOperations(shared.threads()));
    this.engines = shared.engines();
    this.planning = new PlanningEnvironment(SessionDefaults.CATALOG, shared.services());
    Clock clock = Clock.systemUTC();
    this.transaction =
        new SessionTransaction(shared.transactions(), handle.getIdentifier().toString(), clock);
    this.changes = new SessionTarget(transaction, new CommitAtOnce(clock));
  }

  /** What all sessions of a server share. */
  record Shared(
      Engines engines,
      OpenTransactions transactions,
      ExecutorService threads,
      RememberedServices services) {}

  static GatewaySession create(
      DefaultContext defaults,
      SessionHandle handle,
      SessionEnvironment environment,
      Shared shared) {
    Configuration configuration = initializeConfiguration(defaults, environment, handle);
    MutableURLClassLoader classLoader =
        FlinkUserCodeClassLoaders.create(
            new URL[0], GatewaySession.class.getClassLoader(), configuration);
    return new GatewaySession(
        defaults,
        handle,
        environment,
        configuration,
        new ResourceManager(configuration, classLoader),
        shared);
  }

  @Override
  public StatementExecutor createOperationExecutor(Configuration overrides) {
    return new StatementExecutor(
        this,
        overrides,
        engines,
        new StatementExecutor.State(planning, changes, transaction, settings));
  }

  /** Whether a statement runs or has rows nobody has read. */
  boolean isBusy() {
    return engines.statements().runningIn(getSessionId()) > 0;
  }

  /** BEGIN, COMMIT and ROLLBACK of a door that has words of its own for them. */
  public SessionTransaction transaction() {
    return transaction;
  }

  public Duration lockTimeout() {
    return Settings.lockTimeout(getSessionConf().toMap());
  }

  /** Rolls back a transaction nobody has gone on with for too long. */
  void abortIdleTransaction() {
    if (!isBusy()) {
      transaction.abortIfIdle(Settings.idleInTransactionTimeout(getSessionConf().toMap()));
    }
  }

  @Override
  public void close() {
    engines.statements().cancelAllOf(getSessionId());
    getOperationManager().close();
    transaction.close();
    for (String name : getSessionState().catalogManager.listCatalogs()) {
      if (!name.equals(SessionDefaults.CATALOG)) {
        getSessionState().catalogManager.getCatalog(name).ifPresent(this::close);
      }
    }
    try {
      getUserClassloader().close();
      getSessionState().resourceManager.close();
    } catch (IOException failure) {
      LOG.warn("Session {} left files behind", getSessionId(), failure);
    }
  }

  private void close(Catalog catalog) {
    try {
      catalog.close();
    } catch (RuntimeException failure) {
      LOG.warn("A catalog of session {} did not close", getSessionId(), failure);
    }
  }
}
