package io.orochi.table.digest;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.io.ForwardingFileIO;
import io.orochi.table.io.OutputWatcher;
import io.orochi.table.io.WatchedOutputFile;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * A FileIO of one table that compares the table's manifest lists, manifests and statistics files
 * with their digests each time they are opened, before a byte of them is given out. Such a file is
 * held in memory while it is read; all others pass through. Metadata written through it counts as
 * known from then on. A copy in another process keeps the digests of the moment it was copied. Safe
 * for use by several threads.
 */
public final class VerifyingFileIO extends ForwardingFileIO {
  private static final long serialVersionUID = 1L;

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
    super(inner);
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
    return verified(path, inner().newInputFile(path));
  }

  @Override
  public InputFile newInputFile(String path, long length) {
    return verified(path, inner().newInputFile(path, length));
  }

  private InputFile verified(String path, InputFile file) {
    return digestOf(path)
        .<InputFile>map(digest -> new VerifiedInputFile(file, digest, table))
        .orElse(file);
  }

  @Override
  public OutputFile newOutputFile(String path) {
    OutputFile file = inner().newOutputFile(path);
    return path.endsWith(".avro") || path.endsWith(".puffin")
        ? new WatchedOutputFile(file, () -> new Remember(path))
        : file;
  }

  private Object writeReplace() {
    return new Copy(inner(), table, stated.get());
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
