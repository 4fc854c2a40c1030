package io.orochi.gateway.cli.sql;

import io.orochi.gateway.cli.format.Column;
import io.orochi.gateway.cli.format.OutputFormat;
import io.orochi.gateway.cli.format.ResultFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs statements on a thread of its own, so that the caller's thread can show progress and a
 * signal can cancel.
 */
public final class StatementRunner implements AutoCloseable {
  private static final long TICK_MILLIS = 200;

  private final SqlSession session;
  private final PrintWriter out;
  private final PrintWriter err;
  private final StatusLine status;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "orochi-statement");
            thread.setDaemon(true);
            return thread;
          });
  private OutputFormat format;
  private boolean timing;
  private ProgressPoll progress = new ProgressPoll(new NoProgress());

  public StatementRunner(
      SqlSession session,
      PrintWriter out,
      PrintWriter err,
      StatusLine status,
      OutputFormat format) {
    this.session = session;
    this.out = out;
    this.err = err;
    this.status = status;
    this.format = format;
  }

  public SqlSession session() {
    return session;
  }

  /** The format of results from now on. */
  public void useFormat(OutputFormat newFormat) {
    format = newFormat;
  }

  /** Prints the time of every statement from now on, on standard error. */
  public void startTiming() {
    timing = true;
  }

  /** Prints no times from now on. */
  public void stopTiming() {
    timing = false;
  }

  /** Asks for the progress of every statement from now on; closes {@code source} in the end. */
  public void showProgress(ProgressSource source) {
    progress.close();
    progress = new ProgressPoll(source);
  }

  public boolean isTiming() {
    return timing;
  }

  /** Runs one statement and prints its result; what it throws is the statement's own failure. */
  public void run(String sql) {
    long started = System.nanoTime();
    ResultFormat printer = new Announced(format.to(out));
    Future<Long> result = executor.submit(() -> session.execute(sql, printer));
    try (ProgressPoll.Watch watch = progress.watch(sql)) {
      await(result, started, watch);
    } finally {
      status.clear();
      out.flush();
    }
    if (timing) {
      err.printf("Time: %.1f ms%n", (System.nanoTime() - started) / 1e6);
      err.flush();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
    progress.close();
    session.close();
  }

  private void await(Future<Long> result, long started, ProgressPoll.Watch watch) {
    while (true) {
      try {
        result.get(TICK_MILLIS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        double seconds = (System.nanoTime() - started) / 1e9;
        status.show(String.format("running for %.1f s", seconds) + watch.latest().text());
      } catch (InterruptedException e) {
        session.cancel();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while a statement ran", e);
      } catch (ExecutionException e) {
        throw e.getCause() instanceof RuntimeException failure
            ? failure
            : new IllegalStateException(e.getCause());
      }
    }
  }

  /** For scripts, which nobody watches. */
  private static final class NoProgress implements ProgressSource {
    @Override
    public Progress of(String sql) {
      return Progress.UNKNOWN;
    }

    @Override
    public void close() {}
  }

  /** Takes the status line away before the first row is printed, and keeps it away. */
  private final class Announced implements ResultFormat {
    private final ResultFormat inner;

    private Announced(ResultFormat inner) {
      this.inner = inner;
    }

    @Override
    public void begin(List<Column> columns) {
      status.clear();
      inner.begin(columns);
    }

    @Override
    public void row(Object[] values) {
      status.clear();
      inner.row(values);
    }

    @Override
    public void end() {
      inner.end();
    }

    @Override
    public void done(long changedRows) {
      status.clear();
      inner.done(changedRows);
    }
  }
}
