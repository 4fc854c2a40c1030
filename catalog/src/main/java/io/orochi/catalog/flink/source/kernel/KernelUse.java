package io.orochi.catalog.flink.source.kernel;

import io.orochi.table.kernel.Kernel;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.memory.BufferAllocator;

/** One task's hold on the kernel of its process. */
public final class KernelUse implements AutoCloseable {
  private final TaskKernel shared;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  KernelUse(TaskKernel shared, Runnable release) {
    this.shared = shared;
    this.release = release;
  }

  public Kernel kernel() {
    return shared.kernel();
  }

  public BufferAllocator allocator() {
    return shared.allocator();
  }

  /** Idempotent. Sessions and batches must be closed before. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
