package io.orochi.table.kernel.scan;

import io.orochi.table.layout.TableLayout;
import io.orochi.table.layout.TierLocations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;

/**
 * How much of a table something touches on one tier. A chunk with files on two tiers counts on
 * both.
 *
 * @param tier as {@code info.chunks} tells it; null where it is not known
 * @param storage {@code local}, {@code s3}, …
 */
public record TierCounts(String tier, String storage, ScanCounts counts) {
  private static final Comparator<TierCounts> BY_NAME =
      Comparator.comparing(TierCounts::tier, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(TierCounts::storage);

  /** One for each tier and storage that holds a file, in the order of their names. */
  static List<TierCounts> of(Table table, List<FileScanTask> tasks) {
    TierLocations locations = TierLocations.of(table);
    Map<TierCounts, List<FileScanTask>> tiers = new HashMap<>();
    for (FileScanTask task : tasks) {
      String location = task.file().location();
      TierCounts tier =
          new TierCounts(
              locations.tierOf(location).orElse(null),
              TierLocations.storageOf(location),
              ScanCounts.NONE);
      tiers.computeIfAbsent(tier, any -> new ArrayList<>()).add(task);
    }
    TableLayout layout = TableLayout.of(table).orElse(null);
    return tiers.entrySet().stream()
        .map(
            tier ->
                new TierCounts(
                    tier.getKey().tier(),
                    tier.getKey().storage(),
                    ScanCounts.of(table, layout, tier.getValue())))
        .sorted(BY_NAME)
        .toList();
  }
}
