package io.orochi.stream;

import io.orochi.stream.command.Commands;
import io.orochi.stream.command.IngestFiles;

/** {@code orochi ingest}. */
public final class IngestCommand {
  private IngestCommand() {}

  public static void main(String[] arguments) {
    System.exit(Commands.execute(new IngestFiles(), arguments));
  }
}
