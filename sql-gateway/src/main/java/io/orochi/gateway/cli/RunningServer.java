package io.orochi.gateway.cli;

import io.orochi.catalog.folder.DataFolder;
import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks for the server of a data folder, without creating the folder. */
final class RunningServer {
  private RunningServer() {}

  static Optional<ServerAddresses> find(Path data) {
    if (!Files.isRegularFile(data.resolve("VERSION"))) {
      return Optional.empty();
    }
    return ServerAddresses.read(DataFolder.open(data));
  }

  /**
   * @throws OrochiException SERVER_NOT_RUNNING
   */
  static ServerAddresses get(Path data) {
    return find(data).orElseThrow(() -> notRunning(data));
  }

  private static OrochiException notRunning(Path data) {
    Path folder = data.toAbsolutePath().normalize();
    boolean exists = Files.isDirectory(folder);
    return OrochiException.of(
            OrochiErrorCode.SERVER_NOT_RUNNING, "Cannot find a running server on " + folder)
        .withDetail(exists ? "The folder exists, but no server has it open." : "No such folder.")
        .withHint(
            "Start one with: orochi server --detach --data '"
                + data
                + "', or name another folder with --data.");
  }
}
