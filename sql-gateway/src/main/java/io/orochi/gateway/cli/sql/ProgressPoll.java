package io.orochi.gateway.cli.sql;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks once a second, on a thread of its own, how far the running statement is. */
final class ProgressPoll implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressPoll.class);
  private static final long PERIOD_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 2_000;

  private final ProgressSource source;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread asking = new Thread(task, "orochi-progress");
            asking.setDaemon(true);
            return asking;
          });

  ProgressPoll(ProgressSource source) {
    this.source = source;
  }

  /** Asks about one statement until it is closed; the first time after a second. */
  Watch watch(String sql) {
    return new Watch(sql);
  }

  /** A question under way is waited for, but not for ever. */
  @Override
  public void close() {
    thread.execute(source::close);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("The server did not answer when its session was closed");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  final class Watch implements AutoCloseable {
    private final String sql;
    private final ScheduledFuture<?> asking;
    private volatile Progress latest = Progress.UNKNOWN;

    private Watch(String sql) {
      this.sql = sql;
      this.asking =
          thread.scheduleWithFixedDelay(
              this::ask, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The last answer. */
    Progress latest() {
      return latest;
    }

    /** Progress is a comfort: a server that cannot tell still runs statements. */
    private void ask() {
      try {
        latest = source.of(sql);
      } catch (RuntimeException e) {
        LOG.debug("Cannot ask for progress", e);
        latest = Progress.UNKNOWN;
      }
    }

    @Override
    public void close() {
      asking.cancel(false);
    }
  }
}
