package io.orochi.gateway.cli.doctor;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every port that is not chosen freely must be free, unless this folder's server has it. */
record PortsCheck(ServerConfig config, Optional<ServerAddresses> running) implements Check {
  @Override
  public String name() {
    return "ports";
  }

  @Override
  public Finding look() throws IOException {
    if (running.isPresent()) {
      return new Finding.Fine("in use by the running server, process " + running.get().pid());
    }
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("rest.port", config.ports().rest());
    ports.put("flight.port", config.ports().flight());
    ports.put("flink.port", config.ports().flink());
    ports.put("catalog.port", config.ports().catalog());
    List<String> taken = new ArrayList<>();
    for (Map.Entry<String, Integer> port : ports.entrySet()) {
      if (port.getValue() != 0 && isTaken(port.getValue())) {
        taken.add(port.getKey() + "=" + port.getValue());
      }
    }
    return taken.isEmpty()
        ? new Finding.Fine("free: " + ports)
        : new Finding.Trouble(
            "in use by another program: " + String.join(", ", taken),
            "Start with --ports auto, or change the ports in the configuration.");
  }

  private boolean isTaken(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(config.host()))) {
      return !socket.isBound();
    } catch (java.net.BindException e) {
      return true;
    }
  }
}
