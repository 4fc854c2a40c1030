package io.orochi.table.io;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.ResolvingFileIO;

/**
 * A FileIO whose files on a local disk survive a loss of power once they are closed. Other storage
 * is left as it is: object stores are durable when they answer.
 *
 * <p>Without arguments it finds the storage by the scheme of each location, so that a catalog can
 * load it by its name ({@code io-impl}).
 */
public final class DurableFileIO extends ForwardingFileIO {
  private static final long serialVersionUID = 1L;

  private final transient LocalDurability durability = new LocalDurability();

  public DurableFileIO() {
    this(new ResolvingFileIO());
  }

  private DurableFileIO(FileIO inner) {
    super(inner);
  }

  /** {@code inner} itself if it is durable already. */
  public static DurableFileIO around(FileIO inner) {
    return inner instanceof DurableFileIO durable ? durable : new DurableFileIO(inner);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = inner().newOutputFile(path);
    return LocalPath.of(path)
        .<OutputFile>map(local -> new WatchedOutputFile(file, () -> new SyncOnClose(local)))
        .orElse(file);
  }

  /** A copy in another process has synced nothing yet. */
  private Object readResolve() {
    return new DurableFileIO(inner());
  }

  private final class SyncOnClose implements OutputWatcher {
    private final Path file;

    SyncOnClose(Path file) {
      this.file = file;
    }

    @Override
    public void wrote(byte[] bytes, int offset, int length) {}

    @Override
    public void closed() throws IOException {
      durability.sync(file);
    }
  }
}
