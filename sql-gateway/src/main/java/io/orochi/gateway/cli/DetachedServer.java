package io.orochi.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts a server as a process of its own and waits until it answers or dies. */
final class DetachedServer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLIS = 100;
  private static final long SPACE_FOR_WORDS = 1 << 20;
  private static final Path NOHUP = Path.of("/usr/bin/nohup");

  private final DataFolder folder;

  DetachedServer(DataFolder folder) {
    this.folder = folder;
  }

  /**
   * @param arguments for the child's command line, beginning with the command
   * @throws OrochiException SERVER_ALREADY_RUNNING, or the child's own failure
   */
  ServerAddresses start(List<String> arguments) throws InterruptedException {
    Optional<ServerAddresses> present = ServerAddresses.read(folder);
    if (present.isPresent()) {
      throw alreadyRunning(present.get());
    }
    Path output = folder.logs().resolve("server.out");
    Process child = spawn(arguments, output);
    Instant deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      if (child.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw died(child.exitValue(), output, folder.root().toFile().getUsableSpace());
      }
      Optional<ServerAddresses> addresses = ServerAddresses.read(folder);
      if (addresses.isPresent()) {
        return addresses.get();
      }
    }
    child.destroy();
    throw OrochiException.of(
            OrochiErrorCode.SERVER_NOT_RUNNING,
            "Cannot start the server within " + PATIENCE.toSeconds() + " s")
        .withHint("Look into " + folder.logs().resolve("server.log") + ".");
  }

  private static Process spawn(List<String> arguments, Path output) {
    ProcessBuilder builder =
        new ProcessBuilder(commandLine(arguments))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    try {
      Process child = builder.start();
      child.getOutputStream().close();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a process", e);
    }
  }

  /** The child must outlive the terminal, so it ignores the hang-up. */
  private static List<String> commandLine(List<String> arguments) {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(NOHUP)) {
      line.add(NOHUP.toString());
    }
    line.addAll(JavaProcess.commandLine(OrochiCli.class.getName(), arguments));
    return line;
  }

  private OrochiException alreadyRunning(ServerAddresses present) {
    return OrochiException.of(
            OrochiErrorCode.SERVER_ALREADY_RUNNING,
            "Cannot start a second server on " + folder.root())
        .withDetail("Process " + present.pid() + " serves it at " + present.restUrl() + ".")
        .withHint("Use it, stop it with: orochi stop, or choose another folder with --data.");
  }

  /** The child has already said why, in the same four parts, unless there was no room to. */
  static OrochiException died(int exitCode, Path output, long usableBytes) {
    String said = read(output);
    if (said.isEmpty() && usableBytes < SPACE_FOR_WORDS) {
      return OrochiException.of(
              OrochiErrorCode.DISK_FULL, "Cannot start the server: the disk of its folder is full")
          .withDetail("%,d bytes are free beside %s.".formatted(usableBytes, output))
          .withHint("Free space there, or choose another folder with --data.");
    }
    return OrochiException.of(
            OrochiErrorCode.SERVER_NOT_RUNNING,
            "Cannot start the server: its process ended with code " + exitCode)
        .withDetail(said.isEmpty() ? "It printed nothing." : "It said:\n" + said)
        .withHint("Its log is " + output.resolveSibling("server.log") + ".");
  }

  private static String read(Path output) {
    try (var lines = Files.lines(output, UTF_8)) {
      return lines
          .filter(line -> !line.startsWith("nohup:"))
          .limit(40)
          .collect(Collectors.joining("\n"))
          .strip();
    } catch (IOException e) {
      return "";
    }
  }
}
