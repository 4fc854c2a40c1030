package io.orochi.table.kernel.exec;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of an instance, each lent to one session at a time. Only one in which a session
 * has left nothing may come back: no temp tables, no unread rows, no failure, and no cancel that
 * might still interrupt what the next one runs. Safe to share between threads.
 */
public final class KernelConnections implements AutoCloseable {
  private static final int MOST_IDLE = 16;
  private static final Logger LOG = LoggerFactory.getLogger(KernelConnections.class);

  private final DuckDBConnection root;
  private final Deque<KernelConnection> idle = new ArrayDeque<>();
  private boolean closed;

  public KernelConnections(DuckDBConnection root) {
    this.root = root;
  }

  /** The one used last, or a new one. */
  public KernelConnection take() throws SQLException {
    synchronized (idle) {
      KernelConnection known = idle.pollFirst();
      if (known != null) {
        return known;
      }
    }
    return new KernelConnection(root.duplicate());
  }

  /** Takes back a connection in which nothing is left. */
  public void giveBack(KernelConnection connection) {
    synchronized (idle) {
      if (!closed && idle.size() < MOST_IDLE) {
        idle.addFirst(connection);
        return;
      }
    }
    discard(connection);
  }

  /** Ends a connection with everything a session has left in it. */
  public void discard(KernelConnection connection) {
    try {
      connection.jdbc().close();
    } catch (SQLException failure) {
      LOG.debug("A connection did not close", failure);
    }
  }

  int idle() {
    synchronized (idle) {
      return idle.size();
    }
  }

  /** Ends what is idle; what is lent ends when it comes back. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.forEach(this::discard);
      idle.clear();
    }
  }
}
