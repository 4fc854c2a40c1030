package io.orochi.gateway.statement.running;

import io.orochi.gateway.config.ServerConfig.Limits;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.session.SessionHandle;

/** The statements of all doors that have not finished, their timeouts, and how many may run. */
public final class Statements implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final Map<OperationHandle, RunningStatement> running = new ConcurrentHashMap<>();
  private final Limits limits;
  private final Clock clock;
  private final Semaphore slots;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ScheduledExecutorService timer;

  public Statements(Limits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
    this.slots = new Semaphore(limits.runningStatements(), true);
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(1, ServerThreads.named("orochi-timeout"));
    pool.setRemoveOnCancelPolicy(true);
    this.timer = pool;
  }

  /**
   * Notes a statement; it must be finished by its caller.
   *
   * @param timeout zero for none
   */
  public RunningStatement begin(
      SessionHandle session, OperationHandle handle, String sql, Duration timeout) {
    RunningStatement statement = new RunningStatement(session, handle, sql, clock.instant());
    running.put(handle, statement);
    statement.onFinished(() -> running.remove(handle, statement));
    if (timeout.toMillis() > 0) {
      ScheduledFuture<?> alarm =
          timer.schedule(
              () -> statement.cancel(timedOut(timeout)), timeout.toMillis(), TimeUnit.MILLISECONDS);
      statement.onFinished(() -> alarm.cancel(false));
    }
    return statement;
  }

  /**
   * Takes a slot for a statement that uses an engine, waiting for one if all are taken. The slot is
   * given back when the statement finishes.
   *
   * @throws OrochiException TOO_MANY_STATEMENTS
   */
  public void admit(RunningStatement statement) throws InterruptedException {
    if (!slots.tryAcquire()) {
      if (waiting.incrementAndGet() > limits.waitingStatements()) {
        waiting.decrementAndGet();
        throw tooMany(
            limits.waitingStatements() + " statements wait already (statements.max-waiting).");
      }
      try {
        if (!slots.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw tooMany(
              "None of the running ones finished within " + LONGEST_WAIT.toSeconds() + " s.");
        }
      } finally {
        waiting.decrementAndGet();
      }
    }
    statement.onFinished(slots::release);
    statement.throwIfCancelled();
  }

  /** Stops a statement at its user's wish; false if it is not running. */
  public boolean cancel(OperationHandle handle) {
    RunningStatement statement = running.get(handle);
    if (statement == null) {
      return false;
    }
    statement.cancel(cancelled());
    return true;
  }

  /** What a statement fails with after its user's cancel. */
  public static OrochiException cancelled() {
    return OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "The statement was cancelled");
  }

  public long runningIn(SessionHandle session) {
    return running.values().stream().filter(s -> s.session().equals(session)).count();
  }

  /** Stops the statements of a session that closes. */
  public void cancelAllOf(SessionHandle session) {
    running().stream()
        .filter(statement -> statement.session().equals(session))
        .forEach(
            statement ->
                statement.cancel(
                    OrochiException.of(OrochiErrorCode.QUERY_CANCELLED, "The session was closed")));
  }

  /** Oldest first. */
  public List<RunningStatement> running() {
    return running.values().stream()
        .sorted(Comparator.comparing(RunningStatement::startedAt))
        .toList();
  }

  /** Cancels what still runs. */
  @Override
  public void close() {
    timer.shutdownNow();
    running()
        .forEach(
            statement ->
                statement.cancel(
                    OrochiException.of(
                        OrochiErrorCode.QUERY_CANCELLED, "The server is shutting down")));
  }

  private OrochiException tooMany(String detail) {
    return OrochiException.of(
            OrochiErrorCode.TOO_MANY_STATEMENTS,
            "Cannot run more than " + limits.runningStatements() + " statements at once")
        .withDetail(detail)
        .withHint("Close results that are not read, or raise statements.max-running.");
  }

  private static OrochiException timedOut(Duration timeout) {
    return OrochiException.of(
            OrochiErrorCode.STATEMENT_TIMEOUT,
            "The statement ran longer than " + timeout.toMillis() + " ms and was stopped")
        .withHint("SET 'orochi.statement-timeout' to a longer time; '0 s' lets it run for ever.");
  }
}
