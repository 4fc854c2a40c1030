package io.orochi.table.kernel.changelog;

import io.orochi.table.kernel.scan.ScanPlan;
import io.orochi.table.kernel.scan.TierCounts;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;

/**
 * The files that hold a table's changes. Immutable; valid as long as no snapshot of it expires.
 *
 * @param columns those of the table that are wanted
 * @param snapshots how many snapshots were looked at
 */
public record ChangelogPlan(Schema columns, List<Part> parts, long snapshots) {
  public ChangelogPlan {
    parts = List.copyOf(parts);
  }

  /**
   * Changes that are read together: rows of {@code inserted} are INSERT, rows of {@code before}
   * that are not in {@code after} at the same place are DELETE. The first files of {@code before}
   * are those of {@code after}, in the same order.
   *
   * @param insertedBy the commit of each file of {@code inserted}
   * @param deletedBy the commit of each file of {@code before}
   */
  record Part(
      ScanPlan inserted,
      List<Origin> insertedBy,
      ScanPlan before,
      ScanPlan after,
      List<Origin> deletedBy) {}

  /** The commit that made a change. */
  record Origin(long snapshotId, long commitMicros) {}

  /** Each file as often as it is read. */
  public long files() {
    return parts.stream().mapToLong(part -> tasks(part).size()).sum();
  }

  public long bytes() {
    return parts.stream()
        .flatMap(part -> tasks(part).stream())
        .mapToLong(task -> task.file().fileSizeInBytes())
        .sum();
  }

  /** What is read, by the tier it is on. */
  public List<TierCounts> tiers() {
    List<FileScanTask> all = parts.stream().flatMap(part -> tasks(part).stream()).toList();
    return all.isEmpty() ? List.of() : parts.get(0).inserted().only(all).tiers();
  }

  private static List<FileScanTask> tasks(Part part) {
    return java.util.stream.Stream.of(part.inserted(), part.before(), part.after())
        .flatMap(plan -> plan.tasks().stream())
        .toList();
  }
}
