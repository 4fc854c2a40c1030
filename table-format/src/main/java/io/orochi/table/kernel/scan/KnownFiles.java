package io.orochi.table.kernel.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.ThreadPools;

/**
 * The data files that manifests list. What a manifest says never changes, so each is read once, and
 * again only if statistics of more columns are wanted. Safe to share between threads.
 */
final class KnownFiles {
  private static final long MOST_BYTES = 64L << 20;
  private static final int BYTES_PER_FILE = 512;
  private static final int BYTES_PER_COLUMN = 250;
  private static final List<String> BASE =
      List.of(
          "content",
          "file_path",
          "file_format",
          "partition",
          "record_count",
          "file_size_in_bytes",
          "key_metadata",
          "split_offsets",
          "sort_order_id",
          "first_row_id");
  private static final List<String> STATISTICS =
      List.of(
          "value_counts", "null_value_counts", "nan_value_counts", "lower_bounds", "upper_bounds");

  private final Cache<Key, Listed> manifests =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher((Key key, Listed listed) -> listed.bytes())
          .build();

  /** A promoted partition column has values of another type. */
  private record Key(String manifest, int schemaId) {}

  /**
   * @param columns ids of those with statistics
   */
  private record Listed(Set<Integer> columns, ListedFiles files) {
    int bytes() {
      long bytes = (BYTES_PER_FILE + (long) BYTES_PER_COLUMN * columns.size()) * files.all().size();
      return (int) Math.min(Integer.MAX_VALUE, bytes + BYTES_PER_FILE);
    }
  }

  /**
   * The live files of each manifest, in order.
   *
   * @param columns ids of those whose statistics are needed; a file may have more
   * @throws UncheckedIOException, or what the table's storage throws
   */
  List<ListedFiles> of(Table table, List<ManifestFile> wanted, Set<Integer> columns) {
    List<CompletableFuture<ListedFiles>> found = new ArrayList<>(wanted.size());
    boolean several =
        wanted.stream().filter(manifest -> known(table, manifest, columns) == null).count() > 1;
    for (ManifestFile manifest : wanted) {
      Listed listed = known(table, manifest, columns);
      if (listed != null) {
        found.add(CompletableFuture.completedFuture(listed.files()));
      } else if (several) {
        found.add(
            CompletableFuture.supplyAsync(
                () -> load(table, manifest, columns), ThreadPools.getWorkerPool()));
      } else {
        found.add(CompletableFuture.completedFuture(load(table, manifest, columns)));
      }
    }
    try {
      return found.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  /** Null if it has to be read. */
  private Listed known(Table table, ManifestFile manifest, Set<Integer> columns) {
    Listed listed = manifests.getIfPresent(key(table, manifest));
    return listed != null && listed.columns().containsAll(columns) ? listed : null;
  }

  private static Key key(Table table, ManifestFile manifest) {
    return new Key(manifest.path(), table.schema().schemaId());
  }

  private ListedFiles load(Table table, ManifestFile manifest, Set<Integer> columns) {
    Key key = key(table, manifest);
    Set<Integer> all = new HashSet<>(columns);
    Listed before = manifests.getIfPresent(key);
    if (before != null) {
      all.addAll(before.columns());
    }
    List<String> read = new ArrayList<>(BASE);
    if (!all.isEmpty()) {
      read.addAll(STATISTICS);
    }
    List<DataFile> files = new ArrayList<>();
    try (ManifestReader<DataFile> reader =
        ManifestFiles.read(manifest, table.io(), table.specs()).select(read)) {
      for (DataFile file : reader) {
        files.add(all.isEmpty() ? file.copyWithoutStats() : file.copyWithStats(all));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ListedFiles kept = ListedFiles.of(table.specs().get(manifest.partitionSpecId()), files);
    manifests.put(key, new Listed(Set.copyOf(all), kept));
    return kept;
  }
}
