package io.orochi.catalog.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * One folder that holds everything an embedded Orochi owns. Several processes may have it open at
 * once; what they share inside (the metastore, {@code server.json}) guards itself.
 *
 * <p>The file {@code VERSION} is written last when a folder is created, so a folder without it was
 * never completed and is completed by the next {@link #open}.
 */
public final class DataFolder {
  /** The layout version this build writes, and the highest it understands. */
  static final int LAYOUT_VERSION = 1;

  private static final String VERSION_FILE = "VERSION";

  private final Path root;

  private DataFolder(Path root) {
    this.root = root;
  }

  /**
   * Opens a folder, creating it and its parents if needed. After a failure some of the empty
   * folders may remain; opening again continues.
   *
   * @throws OrochiException DATA_FOLDER_TOO_NEW if a later version has written it,
   *     STORAGE_UNAVAILABLE if it cannot be created or read
   */
  public static DataFolder open(Path dir) {
    DataFolder folder = new DataFolder(dir.toAbsolutePath().normalize());
    try {
      folder.checkVersion();
      folder.createMissing();
    } catch (IOException e) {
      throw OrochiException.of(
              OrochiErrorCode.STORAGE_UNAVAILABLE, "Cannot open data folder: " + folder.root)
          .withDetail(String.valueOf(e))
          .withHint("Check that the path is a writable folder with free space.")
          .causedBy(e);
    }
    return folder;
  }

  /** Absolute and normalized. */
  public Path root() {
    return root;
  }

  /** Where tables keep their files. */
  public Path warehouse() {
    return root.resolve("warehouse");
  }

  /** The embedded metastore; absent until the first catalog opens it. */
  public Path metastoreFile() {
    return root.resolve("metastore.db");
  }

  /** Spill space; its content is worthless after the process that wrote it has ended. */
  public Path temp() {
    return root.resolve("tmp");
  }

  /** Local copies of remote files; may be deleted at any time nobody reads. */
  public Path cache() {
    return root.resolve("cache");
  }

  /** The addresses of the running server, see {@link ServerAddresses}. */
  public Path serverFile() {
    return root.resolve("server.json");
  }

  /** How to reach a catalog that is not embedded; absent if it is. Holds secrets. */
  public Path catalogFile() {
    return root.resolve("catalog.json");
  }

  public Path transactions() {
    return root.resolve("transactions");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  @Override
  public String toString() {
    return root.toString();
  }

  private void checkVersion() throws IOException {
    String text;
    try {
      text = Files.readString(root.resolve(VERSION_FILE), UTF_8).strip();
    } catch (NoSuchFileException e) {
      return;
    }
    int version;
    try {
      version = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw OrochiException.of(
              OrochiErrorCode.METADATA_CORRUPT, "Invalid VERSION in data folder: " + root)
          .withDetail("The file holds '" + text + "', expected a whole number.")
          .withHint("Restore the file VERSION, or choose another data folder.")
          .causedBy(e);
    }
    if (version > LAYOUT_VERSION) {
      throw OrochiException.of(
              OrochiErrorCode.DATA_FOLDER_TOO_NEW,
              "Cannot open data folder of a newer Orochi: " + root)
          .withDetail(
              "Its layout version is "
                  + version
                  + "; this build understands up to "
                  + LAYOUT_VERSION
                  + ".")
          .withHint("Start it with the newer version, or choose another folder with --data.");
    }
  }

  private void createMissing() throws IOException {
    for (Path folder : new Path[] {root, warehouse(), temp(), cache(), logs()}) {
      Files.createDirectories(folder);
    }
    Path version = root.resolve(VERSION_FILE);
    if (!Files.exists(version)) {
      writeDurably(version, LAYOUT_VERSION + "\n");
    }
  }

  /**
   * Replaces a file so that a reader, or a machine that loses power, sees the old text or the new
   * text and nothing between. Only its owner can read it.
   */
  public static void writeDurably(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path staged = Files.createTempFile(folder, "." + file.getFileName(), ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(staged);
    }
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
