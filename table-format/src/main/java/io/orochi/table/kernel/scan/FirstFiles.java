package io.orochi.table.kernel.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The files of a scan in the order in which a query that wants the first rows by a column needs
 * them. One thread.
 */
public final class FirstFiles {
  /** Which values come first. */
  public enum Order {
    GREATEST_FIRST,
    LEAST_FIRST
  }

  private final ScanPlan plan;
  private final NestedField column;
  private final Order order;
  private final Comparator<Object> values;

  /**
   * @param column with a type that {@link #canOrder}; the plan has its statistics
   */
  public FirstFiles(ScanPlan plan, String column, Order order) {
    this.plan = plan;
    this.column = plan.schema().findField(column);
    this.order = order;
    Comparator<Object> ascending = Comparators.forType(this.column.type().asPrimitiveType());
    this.values = order == Order.LEAST_FIRST ? ascending : ascending.reversed();
  }

  /** Whether the bounds of such a column are its values. */
  public static boolean canOrder(NestedField column) {
    return FileBounds.areExact(column.type());
  }

  /** Those first that may hold the first values; files that do not tell come before all others. */
  public List<FileScanTask> files() {
    List<FileScanTask> files = new ArrayList<>(plan.tasks());
    files.sort(
        Comparator.comparing(
            task -> best(task).orElse(null), Comparator.nullsFirst(values::compare)));
    return files;
  }

  /** The first value of all, as far as metadata knows; empty if a file does not tell. */
  public Optional<Object> outermost() {
    List<FileScanTask> files = files();
    return files.isEmpty() ? Optional.empty() : best(files.get(0));
  }

  /**
   * A value that at least {@code rows} rows reach, told by metadata alone: none of the first rows
   * lies beyond it. Empty if there are not that many, or metadata does not tell.
   */
  public Optional<Object> reached(long rows) {
    return rows == 1 ? first() : reachedBySeveral(rows);
  }

  /** The bounds of a file without deletes are values of its rows. */
  private Optional<Object> first() {
    return plan.tasks().stream()
        .filter(task -> task.deletes().isEmpty())
        .flatMap(task -> best(task).stream())
        .min(values);
  }

  private Optional<Object> reachedBySeveral(long rows) {
    List<FileScanTask> files =
        plan.tasks().stream()
            .filter(task -> task.deletes().isEmpty() && worst(task).isPresent())
            .sorted(Comparator.comparing(task -> worst(task).get(), values))
            .toList();
    long found = 0;
    for (FileScanTask task : files) {
      long nulls = FileBounds.nulls(task.file(), column).orElse(task.file().recordCount());
      found += task.file().recordCount() - nulls;
      if (found >= rows) {
        return worst(task);
      }
    }
    return Optional.empty();
  }

  private Optional<Object> best(FileScanTask task) {
    return order == Order.LEAST_FIRST
        ? FileBounds.least(task.file(), column)
        : FileBounds.greatest(task.file(), column);
  }

  private Optional<Object> worst(FileScanTask task) {
    return order == Order.LEAST_FIRST
        ? FileBounds.greatest(task.file(), column)
        : FileBounds.least(task.file(), column);
  }
}
