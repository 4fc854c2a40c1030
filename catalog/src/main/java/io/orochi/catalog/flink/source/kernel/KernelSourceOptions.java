package io.orochi.catalog.flink.source.kernel;

import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * Keys of Flink's configuration file that bound the kernel of a TaskManager. Sessions cannot set
 * them.
 */
public final class KernelSourceOptions {
  /** Outside the Java heap and outside Flink's managed memory. */
  public static final ConfigOption<MemorySize> MEMORY =
      ConfigOptions.key("orochi.kernel-source.memory")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(1024))
          .withDescription("Memory of the kernel in a TaskManager, outside the Java heap.");

  public static final ConfigOption<Integer> THREADS =
      ConfigOptions.key("orochi.kernel-source.threads")
          .intType()
          .noDefaultValue()
          .withDescription("Threads of the kernel in a TaskManager; all processors if unset.");

  public static final ConfigOption<MemorySize> TEMP_LIMIT =
      ConfigOptions.key("orochi.kernel-source.temp-limit")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(20 * 1024))
          .withDescription("Disk space the kernel of a TaskManager may spill to.");

  public static final ConfigOption<MemorySize> CACHE_LIMIT =
      ConfigOptions.key("orochi.kernel-source.cache-limit")
          .memoryType()
          .defaultValue(MemorySize.ofMebiBytes(10 * 1024))
          .withDescription("Disk space for copies of remote data files.");

  public static final ConfigOption<Duration> IDLE_TIME =
      ConfigOptions.key("orochi.kernel-source.idle-time")
          .durationType()
          .defaultValue(Duration.ofMinutes(1))
          .withDescription("How long a TaskManager keeps a kernel that no task uses.");

  private KernelSourceOptions() {}
}
