package io.orochi.gateway.cli.doctor;

import io.orochi.catalog.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data folder must be writable and of a version this build reads. */
record DataFolderCheck(Path dataFolder) implements Check {
  @Override
  public String name() {
    return "data folder";
  }

  @Override
  public Finding look() throws IOException {
    Path nearest = nearestExisting(dataFolder.toAbsolutePath().normalize());
    if (!Files.isDirectory(nearest)) {
      return new Finding.Trouble(
          nearest + " is not a folder", "Choose another data folder with --data.");
    }
    Path probe;
    try {
      probe = Files.createTempFile(nearest, ".orochi-doctor", ".tmp");
    } catch (IOException e) {
      return new Finding.Trouble(
          nearest + " is not writable: " + e.getMessage(),
          "Give this user the right to write there, or choose another folder with --data.");
    }
    Files.delete(probe);
    if (!Files.exists(dataFolder.resolve("VERSION"))) {
      return new Finding.Fine(dataFolder + " will be created");
    }
    DataFolder.open(dataFolder);
    return new Finding.Fine(
        dataFolder + ", version " + Files.readString(dataFolder.resolve("VERSION")).strip());
  }

  static Path nearestExisting(Path folder) {
    Path nearest = folder;
    while (!Files.exists(nearest) && nearest.getParent() != null) {
      nearest = nearest.getParent();
    }
    return nearest;
  }
}
