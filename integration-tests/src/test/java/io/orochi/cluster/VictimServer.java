package io.orochi.cluster;

import io.orochi.gateway.config.ServerConfig;
import io.orochi.gateway.server.OrochiServer;
import io.orochi.table.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A server that kills itself, without a word to anybody, once enough threads have come to a fault
 * point; those that come first wait there. Where and how many is in a file, so that it can be said
 * while the server runs: a number, then the names of points.
 */
public final class VictimServer {
  static final int KILLED = 137;

  private final Path order;
  private final AtomicInteger arrived = new AtomicInteger();

  private VictimServer(Path order) {
    this.order = order;
  }

  /** Data folder, file with the order, all points. */
  public static void main(String[] args) throws Exception {
    VictimServer victim = new VictimServer(Path.of(args[1]));
    for (String point : Arrays.asList(args).subList(2, args.length)) {
      Fault.arm(point, () -> victim.at(point));
    }
    ServerConfig config =
        ServerConfig.of(
            Map.of(
                "data", args[0], "rest.port", "auto", "flight.port", "auto", "flink.port", "auto"));
    OrochiServer.start(config.withPorts(ServerConfig.Ports.auto())).awaitShutdown();
  }

  private void at(String point) {
    List<String> words = order();
    if (!words.contains(point)) {
      return;
    }
    if (arrived.incrementAndGet() >= Integer.parseInt(words.get(0))) {
      Runtime.getRuntime().halt(KILLED);
    }
    while (true) {
      LockSupport.park();
    }
  }

  private List<String> order() {
    try {
      return Files.exists(order) ? List.of(Files.readString(order).split(" ")) : List.of();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
