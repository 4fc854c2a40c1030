package io.orochi.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** What one server process is started with. Every value is set; nothing is read later. */
public record ServerConfig(
    Path dataFolder,
    String host,
    Ports ports,
    KernelLimits kernel,
    FlinkLimits flink,
    Storage storage,
    Limits limits) {

  /** 0 takes a free port. */
  public record Ports(int rest, int flight, int flink, int catalog) {
    /** A free port for every door. */
    public static Ports auto() {
      return new Ports(0, 0, 0, 0);
    }
  }

  /**
   * @param resultCacheBytes of the Java heap; 0 keeps no answers
   */
  public record KernelLimits(
      long memoryBytes, int threads, long tempBytes, long resultCacheBytes) {}

  /**
   * @param options passed to Flink as they are
   */
  public record FlinkLimits(
      int slots,
      int parallelism,
      long managedBytes,
      long networkBytes,
      Map<String, String> options) {
    public FlinkLimits {
      options = Map.copyOf(options);
    }
  }

  /**
   * @param metastore empty: the file database of the data folder
   * @param warehouse empty: the folder in the data folder
   * @param properties passed to the Iceberg catalog as they are; may hold secrets
   * @param catalogToken what clients of the REST catalog send; empty: everybody is let in
   */
  public record Storage(
      String metastore, String warehouse, Map<String, String> properties, String catalogToken) {
    public Storage {
      properties = Map.copyOf(properties);
    }

    @Override
    public String toString() {
      return "Storage[metastore=" + metastore + ", warehouse=" + warehouse + "]";
    }
  }

  /**
   * @param resultRows 0 is no limit
   * @param resultBytes 0 is no limit
   * @param statementTimeout zero is no limit
   */
  public record Limits(
      long resultRows,
      long resultBytes,
      Duration statementTimeout,
      int runningStatements,
      int waitingStatements,
      int sessions,
      Duration sessionIdle) {}

  /** The defaults, with this data folder. */
  public static ServerConfig defaults(Path dataFolder) {
    return of(Map.of(ServerOptions.DATA.key(), dataFolder.toString()));
  }

  /**
   * Reads the keys of {@link ServerOptions}; absent keys take their defaults.
   *
   * @throws io.orochi.table.error.OrochiException CONFIG_FILE_INVALID for an unknown key, naming
   *     the nearest, or a value out of range
   */
  public static ServerConfig of(Map<String, String> values) {
    return new ConfigReader(values).read();
  }

  /**
   * Reads a configuration file; a key also in {@code overrides} takes its value from there.
   *
   * @throws io.orochi.table.error.OrochiException CONFIG_FILE_INVALID
   */
  public static ServerConfig load(Path file, Map<String, String> overrides) {
    Map<String, String> values = ConfigFile.read(file);
    values.putAll(overrides);
    return of(values);
  }

  /** The same with other ports. */
  public ServerConfig withPorts(Ports newPorts) {
    return new ServerConfig(dataFolder, host, newPorts, kernel, flink, storage, limits);
  }

  /** The same with other limits. */
  public ServerConfig withLimits(Limits newLimits) {
    return new ServerConfig(dataFolder, host, ports, kernel, flink, storage, newLimits);
  }
}
