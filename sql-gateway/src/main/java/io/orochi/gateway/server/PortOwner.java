package io.orochi.gateway.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the process that listens on a port, where the system shows it (Linux, own processes). */
final class PortOwner {
  private static final String LISTENING = "0A";

  private PortOwner() {}

  /** For example {@code process 4711 (java)}; empty if nobody can tell. */
  static Optional<String> of(int port) {
    try {
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        Optional<String> owner = socket(Path.of(table), port).flatMap(PortOwner::process);
        if (owner.isPresent()) {
          return owner;
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException hidden) {
      return Optional.empty();
    }
  }

  /** The inode of the socket that listens. */
  private static Optional<String> socket(Path table, int port) throws IOException {
    if (!Files.exists(table)) {
      return Optional.empty();
    }
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    return Files.readAllLines(table).stream()
        .map(line -> line.trim().split("\\s+"))
        .filter(f -> f.length > 9 && f[1].endsWith(suffix) && f[3].equals(LISTENING))
        .map(fields -> "socket:[" + fields[9] + "]")
        .findFirst();
  }

  private static Optional<String> process(String socket) {
    return ProcessHandle.allProcesses()
        .filter(process -> holds(process.pid(), socket))
        .findFirst()
        .map(process -> "process " + process.pid() + name(process));
  }

  private static boolean holds(long pid, String socket) {
    Path descriptors = Path.of("/proc", Long.toString(pid), "fd");
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : open) {
        if (Files.readSymbolicLink(descriptor).toString().equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException | RuntimeException notOurs) {
      return false;
    }
  }

  private static String name(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> " (" + Path.of(command).getFileName() + ")")
        .orElse("");
  }
}
