package io.orochi.gateway.statement.running;

import java.util.concurrent.ThreadFactory;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Daemon threads for the server's pools. Flink's own default ends the process when a task throws;
 * here the thread dies with a line in the log, for one statement must not take the others with it.
 */
public final class ServerThreads {
  private static final Logger LOG = LoggerFactory.getLogger(ServerThreads.class);

  private ServerThreads() {}

  public static ThreadFactory named(String pool) {
    return new ExecutorThreadFactory.Builder()
        .setPoolName(pool)
        .setExceptionHandler(
            (thread, failure) -> LOG.error("Thread {} died", thread.getName(), failure))
        .build();
  }
}
