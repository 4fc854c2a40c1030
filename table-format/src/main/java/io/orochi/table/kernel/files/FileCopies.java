package io.orochi.table.kernel.files;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What it took to have the files of a statement at hand; each file counts once.
 *
 * @param inPlace files that need no copy
 * @param found copies that were there before the statement
 * @param fetched copies made for it
 * @param fetchedBytes the size of those
 */
public record FileCopies(long inPlace, long found, long fetched, long fetchedBytes) {
  public static final FileCopies NONE = new FileCopies(0, 0, 0, 0);

  /**
   * @param fetchedBefore by the same statement for other leases: location to bytes
   */
  public static FileCopies of(Collection<FileLease> leases, Map<String, Long> fetchedBefore) {
    Map<String, Long> fetched = new HashMap<>(fetchedBefore);
    Set<String> copied = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (FileLease lease : leases) {
      fetched.putAll(lease.fetched());
      copied.addAll(lease.copied());
      files.addAll(lease.locations());
    }
    long found = copied.stream().filter(location -> !fetched.containsKey(location)).count();
    long bytes = fetched.values().stream().mapToLong(Long::longValue).sum();
    return new FileCopies(files.size() - (long) copied.size(), found, fetched.size(), bytes);
  }
}
