package io.orochi.gateway.cluster;

import io.orochi.catalog.flink.source.kernel.KernelSourceOptions;
import io.orochi.catalog.folder.DataFolder;
import io.orochi.gateway.config.ServerConfig;
import java.time.Duration;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ResourceManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** The session cluster's side of a {@link ServerConfig}. */
final class ClusterConfiguration {
  private ClusterConfiguration() {}

  static Configuration of(ServerConfig config, DataFolder folder) {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, config.host());
    configuration.set(RestOptions.BIND_ADDRESS, config.host());
    configuration.set(RestOptions.PORT, config.ports().flink());
    configuration.set(RestOptions.BIND_PORT, Integer.toString(config.ports().flink()));
    configuration.set(WebOptions.SUBMIT_ENABLE, false);

    configuration.set(
        TaskManagerOptions.MANAGED_MEMORY_SIZE, new MemorySize(config.flink().managedBytes()));
    MemorySize network = new MemorySize(config.flink().networkBytes());
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, config.flink().slots());
    // Waiting for more requirements saves nothing where all slots are there from the start.
    configuration.set(ResourceManagerOptions.REQUIREMENTS_CHECK_DELAY, Duration.ZERO);
    configuration.set(CoreOptions.DEFAULT_PARALLELISM, config.flink().parallelism());

    // Scans inside jobs run beside the queries of the server's own kernel.
    configuration.set(
        KernelSourceOptions.MEMORY, new MemorySize(Math.max(1, config.kernel().memoryBytes() / 2)));
    configuration.set(KernelSourceOptions.THREADS, config.kernel().threads());
    configuration.set(KernelSourceOptions.TEMP_LIMIT, new MemorySize(config.kernel().tempBytes()));

    // The restart strategy stays unset: a job that checkpoints restarts with growing pauses, a
    // statement that fails is told to its user at once.
    configuration.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.root().resolve("checkpoints").toUri().toString());
    configuration.set(
        CheckpointingOptions.SAVEPOINT_DIRECTORY,
        folder.root().resolve("savepoints").toUri().toString());
    configuration.set(CoreOptions.TMP_DIRS, folder.temp().toString());
    configuration.set(
        BlobServerOptions.STORAGE_DIRECTORY, folder.temp().resolve("blobs").toString());
    // Sessions close their class loaders while asynchronous parts of a finished job still log.
    configuration.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
    configuration.addAll(Configuration.fromMap(config.flink().options()));
    return configuration;
  }
}
