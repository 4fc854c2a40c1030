package io.orochi.stream;

import io.orochi.stream.command.Commands;
import io.orochi.stream.command.StreamFleet;

/** Streams a simulated fleet into a table. */
public final class FleetCommand {
  private FleetCommand() {}

  public static void main(String[] arguments) {
    System.exit(Commands.execute(new StreamFleet(), arguments));
  }
}
