package io.orochi.gateway.change;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;

/**
 * How the kernel computes a change. Each row of the query is one row of the table that goes, comes
 * or is replaced.
 *
 * @param table as the statement reads it
 * @param covered files that lose all their rows without being read; the query does not read them
 * @param rows the query's columns with their Flink types
 */
public record ChangePlan(
    ChangeKind kind,
    Table table,
    ChangeBasis basis,
    List<FileScanTask> covered,
    KernelQuery query,
    ResolvedSchema rows,
    RowShape shape) {

  /**
   * Where the parts of a row are.
   *
   * @param columns the first so many columns are the new row; 0 if no row is written
   * @param action the column that is false where nothing is written; -1 if all rows are
   * @param file the column with the old row's file; -1 if there are no old rows. The next one is
   *     its position
   * @param keys what the change may do to primary keys
   */
  public record RowShape(int columns, int action, int file, Keys keys) {
    public RowShape(int columns, int action, int file) {
      this(columns, action, file, Keys.NEW);
    }
  }

  /** The primary keys of written rows. */
  public enum Keys {
    /** Any. */
    NEW,
    /** Those of the rows they stand for. */
    KEPT
  }

  public ChangePlan {
    covered = List.copyOf(covered);
  }

  /** The same, written through another view of its table. */
  ChangePlan writingTo(Table other) {
    return new ChangePlan(kind, other, basis, covered, query, rows, shape);
  }

  /** The files whose rows may go: those that are read, in the scan's order, then the covered. */
  List<FileScanTask> files(KernelInput.Files placed) {
    List<FileScanTask> files = new ArrayList<>(placed.plan().tasks());
    files.addAll(covered);
    return files;
  }

  /** Whether the covered files are all there is to it. */
  boolean readsNothing() {
    return !covered.isEmpty()
        && placedScan().filter(placed -> placed.plan().tasks().isEmpty()).isPresent();
  }

  /** The scan that finds the rows that go; empty if none does. */
  Optional<KernelInput.Files> placedScan() {
    return query.inputs().stream()
        .filter(KernelInput.Files.class::isInstance)
        .map(KernelInput.Files.class::cast)
        .filter(files -> files.places() == KernelInput.RowPlaces.KNOWN)
        .findFirst();
  }
}
