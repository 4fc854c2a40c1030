package io.orochi.table.kernel.files;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFile;

/** Files that stay where they are until the lease is closed. */
public final class FileLease implements AutoCloseable {
  private final Map<String, LocalFile> files;
  private final List<CachedFile> pins;

  FileLease(Map<String, LocalFile> files, Collection<CachedFile> pins) {
    this.files = Map.copyOf(files);
    this.pins = List.copyOf(pins);
  }

  /** The leased form of a file of the same scan. */
  public LocalFile of(ContentFile<?> file) {
    return files.get(file.location());
  }

  public long verifiedFiles() {
    return files.values().stream().filter(LocalFile::verified).count();
  }

  public long unverifiedFiles() {
    return files.size() - verifiedFiles();
  }

  @Override
  public void close() {
    pins.forEach(CachedFile::unpin);
  }
}
