package io.orochi.stream.command;

import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Runs a command the way all of {@code bin/orochi} behaves: exit codes and failures. */
public final class Commands {
  private static final int FAILED = 1;
  private static final int USAGE = 2;

  private Commands() {}

  /** The exit code: 0 done, 1 failed with the reason on standard error, 2 wrong command line. */
  public static int execute(Object command, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.getCommandSpec().exitCodeOnExecutionException(FAILED);
    line.getCommandSpec().exitCodeOnInvalidInput(USAGE);
    line.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          print(failure, failed.getErr(), parsed.hasMatchedOption("--verbose"));
          return FAILED;
        });
    return line.execute(arguments);
  }

  private static void print(Exception failure, PrintWriter err, boolean withTrace) {
    err.println(
        OrochiException.findIn(failure)
            .map(OrochiException::getMessage)
            .orElseGet(() -> "Cannot go on: " + failure));
    if (withTrace) {
      failure.printStackTrace(err);
    }
    err.flush();
  }
}
