package io.orochi.gateway.kernel;

import org.apache.arrow.vector.ipc.ArrowReader;

/** A running kernel query. One reader; {@link #cancel} may come from any thread. */
public interface KernelCursor extends AutoCloseable {
  /** Batches whose columns have the types of the planned schema; owned by the cursor. */
  ArrowReader reader();

  /** Stops the query; a blocked reader fails with QUERY_CANCELLED. Harmless once it has ended. */
  void cancel();

  /** Frees the batches, the result and the session. Idempotent. */
  @Override
  void close();
}
