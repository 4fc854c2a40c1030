package io.orochi.table.kernel.keys;

import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.scan.ScanPlanner;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.BufferAllocator;

/** The kernel that looks keys up. */
public interface KeyKernel {
  ScanPlanner planner();

  /** Opens a session for as long as {@code work} runs. */
  void run(BiConsumer<KernelSession, BufferAllocator> work);
}
