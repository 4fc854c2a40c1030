package io.orochi.table.kernel.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;

/**
 * The live files of one manifest, ordered by the first field of their partitions where it is a
 * whole number, so that those of some hours are found in O(log n + found). Immutable.
 */
final class ListedFiles {
  private final PartitionSpec spec;
  private final List<DataFile> files;

  /** Places in {@link #files}, by key; null if there is no order. */
  private final int[] places;

  private final long[] keys;

  private ListedFiles(PartitionSpec spec, List<DataFile> files, int[] places, long[] keys) {
    this.spec = spec;
    this.files = files;
    this.places = places;
    this.keys = keys;
  }

  /**
   * @param spec of the manifest
   */
  static ListedFiles of(PartitionSpec spec, List<DataFile> files) {
    List<DataFile> kept = List.copyOf(files);
    if (!KeyRange.orders(spec) || kept.stream().anyMatch(file -> key(file) == null)) {
      return new ListedFiles(spec, kept, null, null);
    }
    long[] keys = kept.stream().mapToLong(file -> key(file).longValue()).toArray();
    int[] places =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted((one, other) -> Long.compare(keys[one], keys[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] sorted = Arrays.stream(places).mapToLong(place -> keys[place]).toArray();
    return new ListedFiles(spec, kept, places, sorted);
  }

  private static Number key(DataFile file) {
    return file.partition().get(0, Number.class);
  }

  /** Of every file. */
  PartitionSpec spec() {
    return spec;
  }

  /** In the order of the manifest. */
  List<DataFile> all() {
    return files;
  }

  /** All files whose keys are in the range, maybe others too, in the order of the manifest. */
  List<DataFile> within(KeyRange range) {
    if (places == null || range.equals(KeyRange.ALL)) {
      return files;
    }
    int from = firstFrom(range.least());
    int to = from;
    while (to < keys.length && keys[to] <= range.greatest()) {
      to++;
    }
    int[] found = Arrays.copyOfRange(places, from, to);
    Arrays.sort(found);
    List<DataFile> within = new ArrayList<>(found.length);
    for (int place : found) {
      within.add(files.get(place));
    }
    return within;
  }

  private int firstFrom(long least) {
    int low = 0;
    int high = keys.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[middle] < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
