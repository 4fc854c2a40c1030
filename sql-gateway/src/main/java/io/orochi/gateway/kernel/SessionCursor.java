package io.orochi.gateway.kernel;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.table.kernel.KernelResult;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.files.FileCopies;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cursor that owns its kernel session. */
final class SessionCursor implements KernelCursor {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCursor.class);

  private final KernelSession session;
  private final KernelResult result;
  private final ArrowReader reader;
  private final List<KernelInput> inputs;
  private final Map<String, Long> fetchedBefore;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * What a query reads.
   *
   * @param fetchedBefore files that were copied to find that out: location to bytes
   */
  record Read(List<KernelInput> inputs, Map<String, Long> fetchedBefore) {
    Read {
      inputs = List.copyOf(inputs);
    }
  }

  private SessionCursor(KernelSession session, KernelResult result, ArrowReader reader, Read read) {
    this.session = session;
    this.inputs = read.inputs();
    this.fetchedBefore = read.fetchedBefore();
    this.result = result;
    this.reader = reader;
  }

  static SessionCursor open(
      KernelSession session, KernelResult result, BufferAllocator allocator, Read read) {
    try {
      return new SessionCursor(
          session, result, result.arrow(allocator, KernelExecutor.BATCH_ROWS), read);
    } catch (RuntimeException | Error failure) {
      result.close();
      throw failure;
    }
  }

  @Override
  public ArrowReader reader() {
    return reader;
  }

  @Override
  public Answer answer() {
    return Answer.NOT_KEPT;
  }

  @Override
  public List<KernelInput> inputs() {
    return inputs;
  }

  @Override
  public long verifiedFiles() {
    return session.verifiedFiles();
  }

  @Override
  public long unverifiedFiles() {
    return session.unverifiedFiles();
  }

  @Override
  public FileCopies copies() {
    return session.copies(fetchedBefore);
  }

  @Override
  public void cancel() {
    if (!closed.get()) {
      session.cancel();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      reader.close();
    } catch (IOException ignored) {
      LOG.warn("Cannot free the batches of a finished query", ignored);
    }
    result.close();
    session.close();
  }
}
