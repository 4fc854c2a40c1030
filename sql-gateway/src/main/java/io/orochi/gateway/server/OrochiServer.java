package io.orochi.gateway.server;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.config.ServerConfig;

/**
 * The server process: a session cluster, the read kernel, the catalog and the doors. It belongs to
 * one data folder, whose {@code server.json} names its addresses from the moment every door is open
 * until the server closes.
 */
public final class OrochiServer implements AutoCloseable {
  private OrochiServer() {}

  /**
   * Returns when every door is open. After a failure nothing is left running.
   *
   * @throws io.orochi.table.error.OrochiException PORT_IN_USE, SERVER_ALREADY_RUNNING if another
   *     live server has the data folder, DATA_FOLDER_TOO_NEW, METASTORE_UNAVAILABLE
   */
  public static OrochiServer start(ServerConfig config) {
    throw new UnsupportedOperationException("start " + config);
  }

  public ServerAddresses addresses() {
    throw new UnsupportedOperationException("addresses");
  }

  /** Blocks until {@link #close} has ended. */
  public void awaitShutdown() throws InterruptedException {
    throw new UnsupportedOperationException("awaitShutdown");
  }

  /** Ends sessions, statements and jobs, in this order. Idempotent. */
  @Override
  public void close() {}
}
