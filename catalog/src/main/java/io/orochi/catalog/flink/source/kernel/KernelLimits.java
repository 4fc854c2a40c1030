package io.orochi.catalog.flink.source.kernel;

import io.orochi.table.kernel.KernelConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;

/**
 * What the kernel of a TaskManager may use.
 *
 * @param tempRoot where each kernel makes a folder of its own
 * @param folders under which data files are read in place
 */
record KernelLimits(
    long memoryBytes,
    int threads,
    long tempBytes,
    long cacheBytes,
    Duration idleTime,
    Path tempRoot,
    List<String> folders) {

  /**
   * @param taskManager the configuration of the process
   */
  static KernelLimits of(Configuration taskManager, List<String> folders) {
    return new KernelLimits(
        taskManager.get(KernelSourceOptions.MEMORY).getBytes(),
        taskManager
            .getOptional(KernelSourceOptions.THREADS)
            .orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        taskManager.get(KernelSourceOptions.TEMP_LIMIT).getBytes(),
        taskManager.get(KernelSourceOptions.CACHE_LIMIT).getBytes(),
        taskManager.get(KernelSourceOptions.IDLE_TIME),
        Path.of(ConfigurationUtils.parseTempDirectories(taskManager)[0]),
        List.copyOf(folders));
  }

  /** Below a new folder, because two kernels must not share a cache. */
  Path newFolder() {
    return tempRoot.resolve("orochi-kernel-" + UUID.randomUUID());
  }

  KernelConfig config(Path folder) {
    return new KernelConfig(
        memoryBytes,
        threads,
        folder.resolve("temp"),
        tempBytes,
        folder.resolve("cache"),
        cacheBytes,
        folders.stream().map(Path::of).toList());
  }
}
