package io.orochi.table.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.ResolvingFileIO;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.util.SerializableSupplier;

/**
 * A FileIO whose files on a local disk survive a loss of power once they are closed. Other storage
 * is left as it is: object stores are durable when they answer.
 *
 * <p>Without arguments it finds the storage by the scheme of each location, so that a catalog can
 * load it by its name ({@code io-impl}).
 */
public final class DurableFileIO implements DelegateFileIO, HadoopConfigurable {
  private static final long serialVersionUID = 1L;

  private final FileIO inner;
  private final transient LocalDurability durability = new LocalDurability();

  public DurableFileIO() {
    this(new ResolvingFileIO());
  }

  private DurableFileIO(FileIO inner) {
    this.inner = Objects.requireNonNull(inner);
  }

  /** {@code inner} itself if it is durable already. */
  public static DurableFileIO around(FileIO inner) {
    return inner instanceof DurableFileIO durable ? durable : new DurableFileIO(inner);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = inner.newOutputFile(path);
    return LocalDurability.localPath(path)
        .<OutputFile>map(local -> new WatchedOutputFile(file, () -> new SyncOnClose(local)))
        .orElse(file);
  }

  @Override
  public InputFile newInputFile(String path) {
    return inner.newInputFile(path);
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return inner.newInputFile(path, length);
  }

  @Override
  public void deleteFile(String path) {
    inner.deleteFile(path);
  }

  @Override
  public void deleteFiles(Iterable<String> paths) {
    if (inner instanceof SupportsBulkOperations bulk) {
      bulk.deleteFiles(paths);
    } else {
      paths.forEach(inner::deleteFile);
    }
  }

  @Override
  public Iterable<FileInfo> listPrefix(String prefix) {
    return prefixes().listPrefix(prefix);
  }

  @Override
  public void deletePrefix(String prefix) {
    prefixes().deletePrefix(prefix);
  }

  @Override
  public Map<String, String> properties() {
    return inner.properties();
  }

  @Override
  public void initialize(Map<String, String> properties) {
    inner.initialize(properties);
  }

  @Override
  public void close() {
    inner.close();
  }

  @Override
  public void serializeConfWith(
      Function<Configuration, SerializableSupplier<Configuration>> serializer) {
    if (inner instanceof HadoopConfigurable configurable) {
      configurable.serializeConfWith(serializer);
    }
  }

  @Override
  public void setConf(Configuration conf) {
    if (inner instanceof HadoopConfigurable configurable) {
      configurable.setConf(conf);
    }
  }

  @Override
  public Configuration getConf() {
    return inner instanceof HadoopConfigurable configurable ? configurable.getConf() : null;
  }

  private SupportsPrefixOperations prefixes() {
    if (inner instanceof SupportsPrefixOperations prefixes) {
      return prefixes;
    }
    throw new UnsupportedOperationException(inner.getClass().getName() + " cannot list files");
  }

  /** A copy in another process has synced nothing yet. */
  private Object readResolve() {
    return new DurableFileIO(inner);
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
