package io.orochi.gateway.kernel;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.table.kernel.files.FileCopies;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A running kernel query. One reader; {@link #cancel} may come from any thread. */
public interface KernelCursor extends AutoCloseable {
  /** Batches whose columns have the types of the planned schema; owned by the cursor. */
  ArrowReader reader();

  /** Stops the query; a blocked reader fails with QUERY_CANCELLED. Harmless once it has ended. */
  void cancel();

  /** Files read whose bytes were compared with a digest, now or when they were first used. */
  long verifiedFiles();

  /** Files read that have no digest. */
  long unverifiedFiles();

  /** What it took to have the files at hand. */
  FileCopies copies();

  /** Where the batches come from. */
  Answer answer();

  /** What is read: the query's inputs without the files that were found not to matter. */
  List<KernelInput> inputs();

  /** Frees the batches, the result and the session. Idempotent. */
  @Override
  void close();
}
