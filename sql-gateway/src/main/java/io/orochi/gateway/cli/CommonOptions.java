package io.orochi.gateway.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command takes. */
final class CommonOptions {
  private static final String ENVIRONMENT_VARIABLE = "OROCHI_DATA";
  private static final String DEFAULT = "orochi-data";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder (default: $OROCHI_DATA, else ./orochi-data).")
  private Path option;

  @Option(names = "--verbose", description = "Show the stack trace of a failure.")
  private boolean verbose;

  /** Relative to the working directory. */
  Path data() {
    return named().orElse(Path.of(DEFAULT));
  }

  /** The data folder if the command line or the environment names one. */
  Optional<Path> named() {
    if (option != null) {
      return Optional.of(option);
    }
    return Optional.ofNullable(System.getenv(ENVIRONMENT_VARIABLE))
        .filter(text -> !text.isBlank())
        .map(Path::of);
  }

  boolean verbose() {
    return verbose;
  }
}
