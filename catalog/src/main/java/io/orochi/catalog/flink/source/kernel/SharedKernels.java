package io.orochi.catalog.flink.source.kernel;

import io.orochi.table.kernel.scan.ScanPlanner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;

/**
 * The kernels of this process: all tasks of a TaskManager that read the same warehouse share one,
 * so that its caps hold for the process and a file is checked once. The state is static because
 * Flink has no place for an object that belongs to a TaskManager. Safe for several threads.
 */
public final class SharedKernels {
  private static final ScanPlanner PLANNER = new ScanPlanner();
  private static final Map<KernelLimits, TaskKernel> OPEN = new HashMap<>();

  private SharedKernels() {}

  /** Plans scans in this process; remembers plans, so that every task plans once. */
  public static ScanPlanner planner() {
    return PLANNER;
  }

  /**
   * @param taskManager the configuration of the process
   * @param folders under which data files are read in place
   * @return to be closed; the kernel ends a while after its last user
   */
  public static KernelUse use(Configuration taskManager, List<String> folders) {
    KernelLimits limits = KernelLimits.of(taskManager, folders);
    synchronized (OPEN) {
      TaskKernel kernel = OPEN.computeIfAbsent(limits, TaskKernel::open);
      kernel.users++;
      kernel.uses++;
      return new KernelUse(kernel, () -> release(limits, kernel));
    }
  }

  private static void release(KernelLimits limits, TaskKernel kernel) {
    synchronized (OPEN) {
      kernel.users--;
      long uses = kernel.uses;
      if (kernel.users == 0) {
        CompletableFuture.delayedExecutor(limits.idleTime().toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> closeIfIdle(limits, kernel, uses));
      }
    }
  }

  private static void closeIfIdle(KernelLimits limits, TaskKernel kernel, long uses) {
    synchronized (OPEN) {
      if (kernel.users > 0 || kernel.uses != uses || OPEN.get(limits) != kernel) {
        return;
      }
      OPEN.remove(limits);
    }
    kernel.close();
  }
}
