package io.orochi.gateway.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A commit needs room for its files; a full disk stops ingest. */
record DiskCheck(Path dataFolder) implements Check {
  private static final long LEAST = 2L << 30;

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Finding look() throws IOException {
    Path nearest = DataFolderCheck.nearestExisting(dataFolder.toAbsolutePath().normalize());
    long usable = Files.getFileStore(nearest).getUsableSpace();
    String text = Sizes.show(usable) + " free";
    return usable >= LEAST
        ? new Finding.Fine(text)
        : new Finding.Trouble(text, "Free at least " + Sizes.show(LEAST) + " on this disk.");
  }
}
