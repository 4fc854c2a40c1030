package io.orochi.table.kernel;

/**
 * One hardened DuckDB instance. It reads only the allowed folders and its cache, loads no
 * extensions, and its settings are locked; callers hand it generated SQL only. Safe to share
 * between threads.
 */
public final class Kernel implements AutoCloseable {
  private Kernel() {}

  /** Opens an instance that nothing else shares. */
  public static Kernel open(KernelConfig config) {
    throw new UnsupportedOperationException("kernel.open " + config);
  }

  /** A session with relations of its own. Sessions run at the same time; one runs one query. */
  public KernelSession openSession() {
    throw new UnsupportedOperationException("kernel.openSession");
  }

  /** Cancels what still runs and gives the memory back. */
  @Override
  public void close() {}
}
