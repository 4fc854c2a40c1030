package io.orochi.gateway.statement.running;

import io.orochi.gateway.plan.error.KnownNames;
import io.orochi.table.error.OrochiException;
import io.orochi.table.kernel.KernelSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.session.SessionHandle;

/**
 * One statement from its arrival until its last row has left or it has failed. Any thread may
 * cancel it; the first reason stays and is what its user sees.
 */
public final class RunningStatement {
  private final SessionHandle session;
  private final OperationHandle handle;
  private final String sql;
  private final Instant startedAt;
  private final List<Runnable> stops = new ArrayList<>();
  private final List<Runnable> afterwards = new ArrayList<>();
  private final AtomicLong rows = new AtomicLong();
  private volatile String engine;
  private volatile KernelSession kernel;
  private volatile JobID job;
  private OrochiException reason;
  private boolean finished;

  RunningStatement(SessionHandle session, OperationHandle handle, String sql, Instant startedAt) {
    this.session = session;
    this.handle = handle;
    this.sql = sql;
    this.startedAt = startedAt;
  }

  public SessionHandle session() {
    return session;
  }

  public OperationHandle handle() {
    return handle;
  }

  public String sql() {
    return sql;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** The engine that runs it; null until one is chosen. */
  String engine() {
    return engine;
  }

  public void runsOn(String name) {
    engine = name;
  }

  /** A kernel session computes for it; a cancel ends that. The last one tells its progress. */
  public void runsIn(KernelSession session) {
    kernel = session;
    onCancel(session::cancel);
  }

  /** A job computes for it; a cancel ends that. */
  public void runsAs(JobClient client) {
    job = client.getJobID();
    onCancel(() -> client.cancel());
  }

  /**
   * From 0 to 1; empty while nothing is known.
   *
   * @param jobs knows how far a job is
   */
  OptionalDouble progress(Function<JobID, OptionalDouble> jobs) {
    JobID submitted = job;
    if (submitted != null) {
      return jobs.apply(submitted);
    }
    KernelSession session = kernel;
    return session == null ? OptionalDouble.empty() : session.progress();
  }

  /** Rows that have left the engine. */
  long rows() {
    return rows.get();
  }

  public void sent(long more) {
    rows.addAndGet(more);
  }

  /** What stops the engine; runs at once if the statement is cancelled already. */
  public void onCancel(Runnable stop) {
    synchronized (this) {
      if (reason == null) {
        stops.add(stop);
        return;
      }
    }
    stop.run();
  }

  /** What gives back its resources; runs at once if the statement has finished already. */
  public void onFinished(Runnable afterward) {
    synchronized (this) {
      if (!finished) {
        afterwards.add(afterward);
        return;
      }
    }
    afterward.run();
  }

  /** Stops the engine; the statement then fails with {@code why}. Harmless once it has finished. */
  public void cancel(OrochiException why) {
    List<Runnable> toStop;
    synchronized (this) {
      if (reason != null || finished) {
        return;
      }
      reason = why;
      toStop = List.copyOf(stops);
    }
    toStop.forEach(Runnable::run);
  }

  /** Why it was cancelled; empty while nobody has. */
  synchronized Optional<OrochiException> cancellation() {
    return Optional.ofNullable(reason);
  }

  public void throwIfCancelled() {
    cancellation()
        .ifPresent(
            why -> {
              throw why;
            });
  }

  /** The failure as its user sees it: the reason of a cancel hides what the cancel broke. */
  public OrochiException translate(Throwable failure) {
    return translate(failure, KnownNames.NONE);
  }

  /** The same, able to say which name was probably meant. */
  public OrochiException translate(Throwable failure, KnownNames names) {
    return cancellation().orElseGet(() -> JobFailures.translate(failure, sql, names));
  }

  /** The same for what its job did, of which the statement's text is never to blame. */
  public OrochiException translateJob(Throwable failure) {
    return cancellation().orElseGet(() -> JobFailures.ofJob(failure));
  }

  /** Nothing of the statement is left. Idempotent. */
  public void finish() {
    List<Runnable> toRun;
    synchronized (this) {
      if (finished) {
        return;
      }
      finished = true;
      toRun = List.copyOf(afterwards);
    }
    toRun.forEach(Runnable::run);
  }
}
