package io.orochi.catalog.flink.sink.publish;

import io.orochi.catalog.flink.source.kernel.KernelUse;
import io.orochi.catalog.flink.source.kernel.SharedKernels;
import io.orochi.table.io.LocalPath;
import io.orochi.table.kernel.KernelSession;
import io.orochi.table.kernel.keys.KeyKernel;
import io.orochi.table.kernel.scan.ScanPlanner;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.flink.configuration.Configuration;
import org.apache.iceberg.Table;

/** Looks keys up with the kernel of a TaskManager, which it holds from the first time on. */
public final class TaskKeys implements KeyKernel, AutoCloseable {
  private final Configuration taskManager;
  private final List<String> folders;
  private KernelUse use;

  /**
   * @param folders under which data files are read in place
   */
  public TaskKeys(Configuration taskManager, List<String> folders) {
    this.taskManager = taskManager;
    this.folders = List.copyOf(folders);
  }

  /** The folder of a table; empty if it is not on this machine. */
  public static List<String> folderOf(Table table) {
    return LocalPath.of(table.location())
        .filter(Files::isDirectory)
        .map(folder -> List.of(folder.toString()))
        .orElse(List.of());
  }

  @Override
  public ScanPlanner planner() {
    return SharedKernels.planner();
  }

  @Override
  public void run(BiConsumer<KernelSession, BufferAllocator> work) {
    if (use == null) {
      use = SharedKernels.use(taskManager, folders);
    }
    try (KernelSession session = use.kernel().openSession()) {
      work.accept(session, use.allocator());
    }
  }

  @Override
  public void close() {
    if (use != null) {
      use.close();
      use = null;
    }
  }
}
