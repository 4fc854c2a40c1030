package io.orochi.gateway.cli.demo;

import io.orochi.gateway.cli.format.OutputFormat;
import io.orochi.gateway.cli.sql.SqlSession;
import io.orochi.gateway.cli.sql.StatusLine;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams into a running server, asks it questions, and goes on showing how much has arrived. */
public final class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Demo.class);
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long TICK_MILLIS = 1000;
  private static final long POLL_MILLIS = 200;

  private final SqlSession session;
  private final PrintWriter out;
  private final StatusLine status;
  private final Instant started;
  private final CountDownLatch stop = new CountDownLatch(1);

  /**
   * @param started when the user asked for the demo, to tell how long the first answer took
   */
  public Demo(SqlSession session, PrintWriter out, StatusLine status, Instant started) {
    this.session = session;
    this.out = out;
    this.status = status;
    this.started = started;
  }

  /** Starts the streams; what a folder holds from an earlier run stays and grows. */
  public void startStreams(Path data) {
    for (DemoStream stream : DemoStream.ALL) {
      status.show("starting the stream of " + stream.name());
      stream.start(data);
    }
  }

  /** Returns when both tables hold rows, or the demo was stopped. */
  public void awaitFirstRows() throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    for (String table : List.of(DemoQuery.HOST_TABLE, DemoQuery.FLEET_TABLE)) {
      while (rows(table).orElse(0L) == 0) {
        if (Instant.now().isAfter(deadline)) {
          throw OrochiException.of(
                  OrochiErrorCode.FLINK_JOB_FAILED,
                  "Cannot see rows in " + table + " after " + PATIENCE.toSeconds() + " s")
              .withHint("Look into logs/server.log of the data folder.");
        }
        status.show("waiting for the first rows of " + table);
        if (stop.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    }
    status.clear();
  }

  /** Runs the queries, showing each with its answer and time. */
  public void showQueries() {
    boolean first = true;
    for (DemoQuery query : DemoQuery.ALL) {
      out.printf("%n-- %s%n%s;%n", query.question(), query.sql());
      long begun = System.nanoTime();
      session.execute(query.sql(), OutputFormat.table.to(out));
      out.printf("Time: %.1f ms%n", (System.nanoTime() - begun) / 1e6);
      if (first) {
        Duration took = Duration.between(started, Instant.now());
        out.printf("First answer %.1f s after the start%n", took.toMillis() / 1000.0);
        first = false;
      }
      out.flush();
    }
  }

  /** One line, drawn again every second, until {@link #stop} or the time is over. */
  public void showProgress(Duration runFor) throws InterruptedException {
    Instant deadline = Instant.now().plus(runFor);
    Arrivals before = Arrivals.in(session);
    while (!stop.await(TICK_MILLIS, TimeUnit.MILLISECONDS) && Instant.now().isBefore(deadline)) {
      Arrivals now = Arrivals.in(session);
      status.show(now.since(before));
      before = now;
    }
    status.clear();
    out.println(before.rows() + " rows in " + before.files() + " files");
    out.flush();
  }

  /** Ends {@link #showProgress}. Any thread. */
  public void stop() {
    stop.countDown();
  }

  private Optional<Long> rows(String table) {
    try {
      Object[] row = FirstRow.of(session, "SELECT count(*) FROM " + table);
      return Optional.of(((Number) row[0]).longValue());
    } catch (RuntimeException e) {
      LOG.debug("The stream has not created {} yet", table, e);
      return Optional.empty();
    }
  }
}
