package io.orochi.catalog.flink.source.scan;

import io.orochi.table.kernel.scan.ScanRequest;
import io.orochi.table.kernel.scan.ScanRequest.SchemaOf;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expression;

/**
 * What one source reads, the same in every task. Files are chosen with Iceberg's metadata, rows and
 * values by the kernel's SQL over each group of files.
 *
 * @param table a copy that stays as it was when the statement was planned
 * @param snapshotId null for the table's current snapshot
 * @param schemaOf whose columns are read
 * @param reading rows or changes
 * @param columns top-level columns that the query reads; empty if it reads none
 * @param pruning true for every row that the query wants
 * @param query what is asked of the kernel
 * @param produced the rows that leave the source
 * @param timeZone of the SQL, by a name the kernel knows
 * @param folders under which tasks read data files in place
 */
public record KernelScan(
    Table table,
    Long snapshotId,
    SchemaOf schemaOf,
    Reading reading,
    List<String> columns,
    Expression pruning,
    KernelQuery query,
    RowType produced,
    ZoneId timeZone,
    List<String> folders)
    implements Serializable {
  public KernelScan {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(pruning, "pruning");
    Objects.requireNonNull(timeZone, "timeZone");
    columns = List.copyOf(columns);
    folders = List.copyOf(folders);
  }

  /** What of the table is read. */
  public enum Reading {
    ROWS,
    /** Rows, and where they lie. */
    PLACED_ROWS,
    CHANGES
  }

  /** The same in every task, so that all of them plan the same files. */
  public ScanRequest request() {
    return new ScanRequest(snapshotId, columns, pruning, schemaOf);
  }
}
