package io.orochi.gateway.session;

import io.orochi.catalog.transaction.OpenTransactions;
import io.orochi.gateway.config.ServerConfig.Limits;
import io.orochi.gateway.plan.planner.RememberedServices;
import io.orochi.gateway.statement.Engines;
import io.orochi.gateway.statement.running.ServerThreads;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.Session;
import org.apache.flink.table.gateway.service.session.SessionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sessions of all doors. A session nobody uses for long enough is closed. */
public final class Sessions implements SessionManager {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Map<SessionHandle, Opened> sessions = new ConcurrentHashMap<>();
  private final SessionDefaults defaults;
  private final DefaultContext context;
  private final Limits limits;
  private final GatewaySession.Shared shared;
  private final ScheduledExecutorService sweeper;

  /** Flink's handle on a session and ours. */
  private record Opened(Session session, GatewaySession gateway) {}

  public Sessions(
      SessionDefaults defaults,
      Configuration settings,
      Limits limits,
      Engines engines,
      OpenTransactions transactions) {
    this.defaults = defaults;
    this.context = new DefaultContext(settings, List.of());
    this.limits = limits;
    this.shared =
        new GatewaySession.Shared(engines, transactions, threads(limits), new RememberedServices());
    this.sweeper =
        Executors.newSingleThreadScheduledExecutor(ServerThreads.named("orochi-sessions"));
  }

  @Override
  public void start() {
    long period = Math.max(250, Math.min(5_000, limits.sessionIdle().toMillis() / 4));
    sweeper.scheduleWithFixedDelay(this::closeIdle, period, period, TimeUnit.MILLISECONDS);
  }

  /** Closes every session. */
  @Override
  public void stop() {
    sweeper.shutdownNow();
    sessions.values().forEach(this::close);
    shared.threads().shutdownNow();
  }

  @Override
  public Session getSession(SessionHandle handle) {
    Session session = find(handle).session();
    session.touch();
    return session;
  }

  /** The same session with our methods; counts as use. */
  public GatewaySession get(SessionHandle handle) {
    Opened opened = find(handle);
    opened.session().touch();
    return opened.gateway();
  }

  public boolean isOpen(SessionHandle handle) {
    return sessions.containsKey(handle);
  }

  @Override
  public Session openSession(SessionEnvironment asked) {
    if (sessions.size() >= limits.sessions()) {
      throw OrochiException.of(
              OrochiErrorCode.TOO_MANY_SESSIONS,
              "Cannot open more than " + limits.sessions() + " sessions")
          .withHint("Close sessions that are not used, or raise sessions.max.");
    }
    SessionHandle handle = SessionHandle.create();
    CurrentDatabase database = new CurrentDatabase();
    GatewaySession gateway =
        GatewaySession.create(context, handle, defaults.complete(asked, database), shared);
    database.follow(gateway.getSessionState().catalogManager);
    Session session = new Session(gateway);
    session.open();
    sessions.put(handle, new Opened(session, gateway));
    LOG.info("Session {} opened, {} open", handle, sessions.size());
    return session;
  }

  @Override
  public void closeSession(SessionHandle handle) {
    close(find(handle));
  }

  private void close(Opened opened) {
    if (sessions.remove(opened.session().getSessionHandle()) != null) {
      opened.session().close();
      LOG.info("Session {} closed", opened.session().getSessionHandle());
    }
  }

  private Opened find(SessionHandle handle) {
    Opened opened = sessions.get(handle);
    if (opened == null) {
      throw OrochiException.of(
              OrochiErrorCode.SESSION_NOT_FOUND, "There is no session " + handle.getIdentifier())
          .withHint("It was closed, or nobody used it for " + text(limits.sessionIdle()) + ".");
    }
    return opened;
  }

  private void closeIdle() {
    long oldest = System.currentTimeMillis() - limits.sessionIdle().toMillis();
    for (Opened opened : sessions.values()) {
      try {
        opened.gateway().abortIdleTransaction();
      } catch (RuntimeException failure) {
        LOG.warn("An idle transaction was not rolled back", failure);
      }
      if (opened.session().getLastAccessTime() < oldest && !opened.gateway().isBusy()) {
        try {
          close(opened);
        } catch (RuntimeException failure) {
          LOG.warn("An idle session did not close cleanly", failure);
        }
      }
    }
  }

  private static String text(Duration duration) {
    return duration.toSeconds() + " s";
  }

  private static ExecutorService threads(Limits limits) {
    return new ThreadPoolExecutor(
        2,
        limits.runningStatements() + limits.waitingStatements() + 8,
        60,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        ServerThreads.named("orochi-statement"));
  }
}
