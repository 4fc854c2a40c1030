package io.orochi.gateway.server;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks for every port before anything starts, so that the answer is one clear error. */
final class Ports {
  private Ports() {}

  /**
   * Returns if every port can be bound now.
   *
   * @throws OrochiException PORT_IN_USE naming the first that is taken and, if the system tells, by
   *     whom
   */
  static void requireFree(ServerConfig config) {
    Map<String, Integer> wanted = new LinkedHashMap<>();
    wanted.put("rest.port", config.ports().rest());
    wanted.put("flight.port", config.ports().flight());
    wanted.put("flink.port", config.ports().flink());
    wanted.put("catalog.port", config.ports().catalog());
    wanted.forEach((key, port) -> requireFree(config.host(), key, port));
  }

  private static void requireFree(String host, String key, int port) {
    if (port == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(address(host), port));
    } catch (IOException taken) {
      throw OrochiException.of(
              OrochiErrorCode.PORT_IN_USE, "Cannot listen on port " + port + " (" + key + ")")
          .withDetail(
              PortOwner.of(port)
                  .map(owner -> "It is in use by " + owner + ".")
                  .orElse(String.valueOf(taken.getMessage()) + "."))
          .withHint("Stop the other process, set " + key + ", or start with --ports auto.")
          .causedBy(taken);
    }
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException failure) {
      throw OrochiException.of(
              OrochiErrorCode.CONFIG_FILE_INVALID, "Invalid value for host: " + host)
          .withHint("Use an address of this machine, for example 127.0.0.1.")
          .causedBy(failure);
    }
  }
}
