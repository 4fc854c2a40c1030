package io.orochi.table.digest;

import io.orochi.table.io.DurableFileIO;
import io.orochi.table.io.ForwardingFileIO;
import io.orochi.table.io.OutputWatcher;
import io.orochi.table.io.WatchedOutputFile;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;

/**
 * A FileIO that digests what is written through it, while it is written, and makes it durable where
 * the file system is local. The digest is of the bytes the writer handed over, so damage on the way
 * to the disk is found as well. Safe for use by several threads; after Java serialization a copy
 * starts without digests.
 */
public final class DigestingFileIO extends ForwardingFileIO {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Digest> digests = new ConcurrentHashMap<>();

  public DigestingFileIO(FileIO inner) {
    super(DurableFileIO.around(inner));
  }

  /**
   * The digests of the files closed since the last call and not deleted, by {@link
   * OutputFile#location}.
   */
  public Map<String, Digest> drainDigests() {
    Map<String, Digest> drained = new HashMap<>();
    for (String location : digests.keySet()) {
      Digest digest = digests.remove(location);
      if (digest != null) {
        drained.put(location, digest);
      }
    }
    return drained;
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = inner().newOutputFile(path);
    return new WatchedOutputFile(file, () -> new DigestWatcher(file.location()));
  }

  @Override
  public void deleteFile(String path) {
    super.deleteFile(path);
    forget(path);
  }

  @Override
  public void deleteFiles(Iterable<String> paths) {
    super.deleteFiles(paths);
    paths.forEach(this::forget);
  }

  @Override
  public void deletePrefix(String prefix) {
    super.deletePrefix(prefix);
    String location = inner().newOutputFile(prefix).location();
    digests.keySet().removeIf(path -> path.startsWith(location));
  }

  /** Storage may spell a location in its own way, and data files carry that spelling. */
  private void forget(String path) {
    digests.remove(inner().newOutputFile(path).location());
  }

  private Object readResolve() {
    return new DigestingFileIO(inner());
  }

  private final class DigestWatcher implements OutputWatcher {
    private final String path;
    private final Digester digester = new Digester();

    DigestWatcher(String path) {
      this.path = path;
    }

    @Override
    public void wrote(byte[] bytes, int offset, int length) {
      digester.update(bytes, offset, length);
    }

    @Override
    public void closed() {
      digests.put(path, digester.digest());
    }
  }
}
