package io.orochi.catalog.flink.source.kernel;

import io.orochi.table.kernel.Kernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One kernel with its memory for batches and its folder. */
final class TaskKernel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TaskKernel.class);

  private final Kernel kernel;
  private final BufferAllocator allocator = new RootAllocator();
  private final Path folder;

  /** Tasks that read now; guarded by {@link SharedKernels}. */
  int users;

  /** Tasks that ever read; guarded by {@link SharedKernels}. */
  long uses;

  private TaskKernel(Kernel kernel, Path folder) {
    this.kernel = kernel;
    this.folder = folder;
  }

  static TaskKernel open(KernelLimits limits) {
    Path folder = limits.newFolder();
    LOG.info(
        "Opening a kernel of {} MiB and {} threads for {}",
        limits.memoryBytes() >> 20,
        limits.threads(),
        limits.folders());
    TaskKernel opened = new TaskKernel(Kernel.open(limits.config(folder)), folder);
    Runtime.getRuntime().addShutdownHook(new Thread(opened::removeFolder, "orochi-kernel-folder"));
    return opened;
  }

  Kernel kernel() {
    return kernel;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public void close() {
    kernel.close();
    try {
      allocator.close();
    } catch (IllegalStateException leak) {
      LOG.warn("Batches of a kernel were not freed", leak);
    }
    removeFolder();
  }

  private void removeFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.warn("Cannot remove {}", folder, e);
    }
  }
}
