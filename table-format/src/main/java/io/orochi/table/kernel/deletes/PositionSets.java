package io.orochi.table.kernel.deletes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.orochi.table.kernel.files.LocalFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.deletes.PositionDeleteIndex;

/**
 * The deleted positions of data files, each decoded once for as long as the files that say so stay
 * the same; the least recently used go first. Safe to share between threads.
 */
public final class PositionSets {
  private static final int ENTRY_BYTES = 500;

  private final Cache<Key, Optional<PositionSet>> sets;

  /**
   * Whose positions they are. A {@link LocalFile} says which bytes were checked: a file that
   * changes is another one, or no longer leased at all.
   *
   * @param deletes all files that delete from the data file by position
   */
  public record Key(String dataFile, long rows, List<Part> deletes) {
    public Key {
      deletes = List.copyOf(deletes);
    }
  }

  /**
   * @param offset of a deletion vector in its file; null for a whole file
   */
  public record Part(LocalFile file, Long offset, Long length) {}

  /**
   * @param bytes the most that is kept
   */
  public PositionSets(long bytes) {
    this.sets =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher(
                (Key key, Optional<PositionSet> set) ->
                    ENTRY_BYTES + set.map(known -> known.bits().length).orElse(0))
            .build();
  }

  /**
   * Empty if a position is outside the file; then nothing is known of it here.
   *
   * @param load asked if the positions are not known
   */
  public Optional<PositionSet> of(Key key, Supplier<PositionDeleteIndex> load) {
    return sets.get(key, missing -> PositionSet.of(load.get(), missing.rows()));
  }
}
