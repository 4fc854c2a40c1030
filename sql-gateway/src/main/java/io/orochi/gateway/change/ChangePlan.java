package io.orochi.gateway.change;

import io.orochi.gateway.plan.KernelInput;
import io.orochi.gateway.plan.KernelQuery;
import io.orochi.table.commit.ChangeBasis;
import io.orochi.table.commit.ChangeKind;
import java.util.Optional;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.iceberg.Table;

/**
 * How the kernel computes a change. Each row of the query is one row of the table that goes, comes
 * or is replaced.
 *
 * @param table as the statement reads it
 * @param rows the query's columns with their Flink types
 */
public record ChangePlan(
    ChangeKind kind,
    Table table,
    ChangeBasis basis,
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
   */
  public record RowShape(int columns, int action, int file) {}

  /** The scan that finds the rows that go; empty if none does. */
  Optional<KernelInput.Files> placedScan() {
    return query.inputs().stream()
        .filter(KernelInput.Files.class::isInstance)
        .map(KernelInput.Files.class::cast)
        .filter(files -> files.places() == KernelInput.RowPlaces.KNOWN)
        .findFirst();
  }
}
