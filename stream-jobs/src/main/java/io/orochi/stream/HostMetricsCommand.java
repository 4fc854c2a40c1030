package io.orochi.stream;

import io.orochi.stream.command.Commands;
import io.orochi.stream.command.StreamHostMetrics;

/** Streams this host's metrics into a table. */
public final class HostMetricsCommand {
  private HostMetricsCommand() {}

  public static void main(String[] arguments) {
    System.exit(Commands.execute(new StreamHostMetrics(), arguments));
  }
}
