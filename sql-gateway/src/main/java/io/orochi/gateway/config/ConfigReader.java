package io.orochi.gateway.config;

import io.orochi.catalog.iceberg.CatalogConfig;
import io.orochi.catalog.storage.S3Options;
import io.orochi.gateway.config.ServerConfig.FlinkLimits;
import io.orochi.gateway.config.ServerConfig.KernelLimits;
import io.orochi.gateway.config.ServerConfig.Limits;
import io.orochi.gateway.config.ServerConfig.Ports;
import io.orochi.gateway.config.ServerConfig.Storage;
import io.orochi.table.error.NearestName;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.util.TimeUtils;

/** Turns the texts of a configuration file into a {@link ServerConfig}. */
final class ConfigReader {
  private static final long MEGABYTE = 1L << 20;
  private static final int TOKEN_CHARACTERS_MIN = 16;

  private final Map<String, String> values;

  ConfigReader(Map<String, String> values) {
    this.values = new TreeMap<>(values);
    this.values.keySet().forEach(ConfigReader::refuseUnknown);
  }

  ServerConfig read() {
    Path data = Path.of(text(ServerOptions.DATA)).toAbsolutePath().normalize();
    return new ServerConfig(
        data, text(ServerOptions.HOST), ports(), kernel(), flink(), storage(), limits());
  }

  private Ports ports() {
    return new Ports(
        port(ServerOptions.REST_PORT),
        port(ServerOptions.FLIGHT_PORT),
        port(ServerOptions.FLINK_PORT),
        port(ServerOptions.CATALOG_PORT));
  }

  private KernelLimits kernel() {
    return new KernelLimits(
        has(ServerOptions.KERNEL_MEMORY)
            ? memory(ServerOptions.KERNEL_MEMORY, 64 * MEGABYTE)
            : machineMemory() / 4,
        has(ServerOptions.KERNEL_THREADS)
            ? integer(ServerOptions.KERNEL_THREADS, 1, 1024)
            : cores(),
        memory(ServerOptions.KERNEL_TEMP_LIMIT, 0),
        memory(ServerOptions.KERNEL_RESULT_CACHE, 0));
  }

  private FlinkLimits flink() {
    return new FlinkLimits(
        has(ServerOptions.FLINK_SLOTS)
            ? integer(ServerOptions.FLINK_SLOTS, 1, 1024)
            : Math.max(4, 2 * cores()),
        has(ServerOptions.FLINK_PARALLELISM)
            ? integer(ServerOptions.FLINK_PARALLELISM, 1, 1024)
            : cores(),
        memory(ServerOptions.FLINK_MEMORY, 64 * MEGABYTE),
        memory(ServerOptions.FLINK_NETWORK_MEMORY, 16 * MEGABYTE),
        below(ServerOptions.FLINK_PREFIX));
  }

  private Storage storage() {
    Map<String, String> properties = below(ServerOptions.CATALOG_PREFIX);
    if (has(ServerOptions.METASTORE_USER)) {
      properties.put(CatalogConfig.METASTORE_USER, text(ServerOptions.METASTORE_USER));
    }
    if (has(ServerOptions.METASTORE_PASSWORD)) {
      properties.put(CatalogConfig.METASTORE_PASSWORD, text(ServerOptions.METASTORE_PASSWORD));
    }
    readS3(properties);
    return new Storage(
        values.getOrDefault(ServerOptions.METASTORE.key(), ""),
        values.getOrDefault(ServerOptions.WAREHOUSE.key(), ""),
        properties,
        catalogToken());
  }

  /** The value of a secret is part of no message. */
  private String catalogToken() {
    String token = values.getOrDefault(ServerOptions.CATALOG_TOKEN.key(), "").strip();
    boolean given = values.containsKey(ServerOptions.CATALOG_TOKEN.key());
    if (given && (token.length() < TOKEN_CHARACTERS_MIN || token.matches(".*\\s.*"))) {
      throw OrochiException.of(
              OrochiErrorCode.CONFIG_FILE_INVALID,
              "Invalid value for " + ServerOptions.CATALOG_TOKEN.key())
          .withDetail("Accepted: " + ServerOptions.CATALOG_TOKEN.range() + ".")
          .withHint("Write a longer one, for example what `openssl rand -hex 32` prints.");
    }
    return token;
  }

  private void readS3(Map<String, String> properties) {
    if (has(ServerOptions.S3_ACCESS_KEY) != has(ServerOptions.S3_SECRET_KEY)) {
      throw OrochiException.of(
              OrochiErrorCode.CONFIG_FILE_INVALID, "Invalid configuration: half a key to S3")
          .withHint(
              "Give both s3.access-key and s3.secret-key, or neither to use the AWS default chain.");
    }
    Map<ServerOption, String> names =
        Map.of(
            ServerOptions.S3_ENDPOINT, S3Options.ENDPOINT,
            ServerOptions.S3_REGION, S3Options.REGION,
            ServerOptions.S3_ACCESS_KEY, S3Options.ACCESS_KEY,
            ServerOptions.S3_SECRET_KEY, S3Options.SECRET_KEY);
    names.forEach(
        (option, name) -> {
          if (has(option)) {
            properties.put(name, text(option));
          }
        });
    if (has(ServerOptions.S3_PATH_STYLE)) {
      properties.put(S3Options.PATH_STYLE, String.valueOf(flag(ServerOptions.S3_PATH_STYLE)));
    }
  }

  private Limits limits() {
    return new Limits(
        integer(ServerOptions.RESULT_ROW_LIMIT, 0, Integer.MAX_VALUE),
        memory(ServerOptions.RESULT_BYTE_LIMIT, 0),
        duration(ServerOptions.STATEMENT_TIMEOUT, Duration.ZERO),
        integer(ServerOptions.STATEMENTS_MAX_RUNNING, 1, 10_000),
        integer(ServerOptions.STATEMENTS_MAX_WAITING, 0, 100_000),
        integer(ServerOptions.SESSIONS_MAX, 1, 100_000),
        duration(ServerOptions.SESSIONS_IDLE_TIMEOUT, Duration.ofSeconds(1)));
  }

  private boolean has(ServerOption option) {
    return values.containsKey(option.key());
  }

  private String text(ServerOption option) {
    return values.getOrDefault(option.key(), option.defaultValue()).trim();
  }

  private int port(ServerOption option) {
    return text(option).equalsIgnoreCase("auto") ? 0 : integer(option, 0, 65_535);
  }

  private boolean flag(ServerOption option) {
    return switch (text(option).toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(option);
    };
  }

  private int integer(ServerOption option, int least, int most) {
    try {
      int value = Integer.parseInt(text(option));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException failure) {
      throw invalid(option).causedBy(failure);
    }
    throw invalid(option);
  }

  private long memory(ServerOption option, long least) {
    try {
      long bytes = MemorySize.parse(text(option)).getBytes();
      if (bytes >= least) {
        return bytes;
      }
    } catch (IllegalArgumentException failure) {
      throw invalid(option).causedBy(failure);
    }
    throw invalid(option);
  }

  private Duration duration(ServerOption option, Duration least) {
    try {
      Duration duration = TimeUtils.parseDuration(text(option));
      if (duration.compareTo(least) >= 0) {
        return duration;
      }
    } catch (IllegalArgumentException failure) {
      throw invalid(option).causedBy(failure);
    }
    throw invalid(option);
  }

  private Map<String, String> below(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && ServerOptions.find(key).isEmpty()) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private OrochiException invalid(ServerOption option) {
    return OrochiException.of(
            OrochiErrorCode.CONFIG_FILE_INVALID,
            "Invalid value for " + option.key() + ": " + text(option))
        .withDetail("Accepted: " + option.range() + ".")
        .withHint("Change the value, or leave the key out for " + option.defaultValue() + ".");
  }

  private static void refuseUnknown(String key) {
    if (ServerOptions.find(key).isPresent()
        || ServerOptions.openPrefixes().stream().anyMatch(key::startsWith)) {
      return;
    }
    List<String> known = ServerOptions.all().stream().map(ServerOption::key).toList();
    String hint =
        NearestName.of(key, known)
            .map(nearest -> "The nearest known key is " + nearest + ".")
            .orElseGet(() -> "Known keys are " + String.join(", ", known) + ".");
    throw OrochiException.of(
            OrochiErrorCode.CONFIG_FILE_INVALID, "Invalid configuration key: " + key)
        .withHint(hint);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static long machineMemory() {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean machine) {
      return machine.getTotalMemorySize();
    }
    return Runtime.getRuntime().maxMemory();
  }
}
