package io.orochi.table.kernel.files;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;

/** Files that stay where they are until the lease is closed. */
public final class FileLease implements AutoCloseable {
  private final Map<String, LocalFile> files;
  private final List<PinnedCopy> pins;

  FileLease(Map<String, LocalFile> files, Collection<PinnedCopy> pins) {
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

  Set<String> locations() {
    return files.keySet();
  }

  /** Locations of the files that are read from a copy. */
  Set<String> copied() {
    return pins.stream().map(PinnedCopy::location).collect(Collectors.toSet());
  }

  /** Location and bytes of each file that was copied for this lease. */
  public Map<String, Long> fetched() {
    return pins.stream()
        .filter(PinnedCopy::fetched)
        .collect(Collectors.toMap(PinnedCopy::location, pin -> pin.copy().length(), Math::max));
  }

  @Override
  public void close() {
    pins.forEach(pin -> pin.copy().unpin());
  }
}
