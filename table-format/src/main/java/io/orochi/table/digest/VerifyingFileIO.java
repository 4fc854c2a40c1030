package io.orochi.table.digest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.io.OutputWatcher;
import io.orochi.table.io.WatchedOutputFile;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopConfigurable;
import org.apache.iceberg.io.DelegateFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsBulkOperations;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.iceberg.util.SerializableSupplier;

/**
 * A FileIO of one table that compares the table's manifest lists, manifests and statistics files
 * with their digests each time they are opened, before a byte of them is given out. Such a file is
 * held in memory while it is read; all others pass through. Metadata written through it counts as
 * known from then on. A copy in another process keeps the digests of the moment it was copied. Safe
 * for use by several threads.
 */
public final class VerifyingFileIO implements DelegateFileIO, HadoopConfigurable {
  private static final long serialVersionUID = 1L;

  private final FileIO inner;
  private final String table;
  private final transient Supplier<MetadataDigests> stated;
  private final transient Written written;

  /** Digests of metadata files written by this process, the newest of them. */
  public static final class Written {
    private static final int FILES = 10_000;
    private final Cache<String, Digest> digests = Caffeine.newBuilder().maximumSize(FILES).build();

    Optional<Digest> of(String location) {
      return Optional.ofNullable(digests.getIfPresent(location));
    }
  }

  /**
   * @param table named in errors
   * @param stated asked anew for each file
   * @param written shared by the tables of a catalog
   */
  public VerifyingFileIO(
      FileIO inner, String table, Supplier<MetadataDigests> stated, Written written) {
    this.inner = Objects.requireNonNull(inner);
    this.table = table;
    this.stated = stated;
    this.written = written;
  }

  /** Empty for a file that is neither stated by a snapshot nor was written here. */
  public Optional<Digest> digestOf(String location) {
    return stated.get().of(location).or(() -> written.of(location));
  }

  @Override
  public InputFile newInputFile(String path) {
    return verified(path, inner.newInputFile(path));
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return verified(path, inner.newInputFile(path, length));
  }

  private InputFile verified(String path, InputFile file) {
    return digestOf(path)
        .<InputFile>map(digest -> new VerifiedInputFile(file, digest, table))
        .orElse(file);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = inner.newOutputFile(path);
    return path.endsWith(".avro") || path.endsWith(".puffin")
        ? new WatchedOutputFile(file, () -> new Remember(path))
        : file;
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

  private SupportsPrefixOperations prefixes() {
    if (inner instanceof SupportsPrefixOperations prefixes) {
      return prefixes;
    }
    throw new UnsupportedOperationException(inner.getClass().getName() + " cannot list files");
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

  private Object writeReplace() {
    return new Copy(inner, table, stated.get());
  }

  private record Copy(FileIO inner, String table, MetadataDigests digests) implements Serializable {
    private Object readResolve() {
      return new VerifyingFileIO(inner, table, () -> digests, new Written());
    }
  }

  private final class Remember implements OutputWatcher {
    private final String path;
    private final Digester digester = new Digester();

    Remember(String path) {
      this.path = path;
    }

    @Override
    public void wrote(byte[] bytes, int offset, int length) {
      digester.update(bytes, offset, length);
    }

    @Override
    public void closed() {
      written.digests.put(path, digester.digest());
    }
  }
}
