package io.orochi.gateway.cli;

import io.orochi.gateway.config.ServerConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options of commands that start a server or look at what one would use. */
final class ServerOptionsMixin {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A configuration file; conf/orochi.yaml documents every key.")
  private Path file;

  @Option(
      names = "--ports",
      paramLabel = "PORTS",
      converter = PortsOption.Converter.class,
      description = "auto for free ports, or a list such as rest=8083,flight=8815,flink=8081.")
  private PortsOption ports;

  /** The command line wins over the environment, and that over the file. */
  ServerConfig config(CommonOptions common) {
    return load(common, new LinkedHashMap<>());
  }

  /** The same, with free ports unless the command line or a file names others. */
  ServerConfig configWithFreePorts(CommonOptions common) {
    return load(common, new LinkedHashMap<>(file == null ? PortsOption.auto().values() : Map.of()));
  }

  private ServerConfig load(CommonOptions common, Map<String, String> overrides) {
    common.named().ifPresent(data -> overrides.put("data", data.toString()));
    if (ports != null) {
      overrides.putAll(ports.values());
    }
    return file == null ? ServerConfig.of(overrides) : ServerConfig.load(file, overrides);
  }
}
