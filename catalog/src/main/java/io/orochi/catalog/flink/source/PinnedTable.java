package io.orochi.catalog.flink.source;

import io.orochi.catalog.flink.ddl.PlannedColumns;
import io.orochi.catalog.flink.source.scan.KernelScan.Reading;
import io.orochi.table.kernel.changelog.ChangelogColumns;
import io.orochi.table.kernel.scan.ScanRequest.SchemaOf;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * One table as one statement sees it: loaded when first asked for, the same from then on. Belongs
 * to the planning thread.
 */
final class PinnedTable {
  private final Supplier<Table> loader;
  private final Map<String, String> options;
  private final SchemaOf schemaOf;
  private final Reading reading;
  private final RowType planned;
  private Table table;
  private Long snapshotId;

  /**
   * @param options of the statement; they may choose a snapshot
   * @param schemaOf by which schema the statement was validated
   * @param planned the columns the statement was validated by
   */
  PinnedTable(
      Supplier<Table> loader,
      Map<String, String> options,
      SchemaOf schemaOf,
      Reading reading,
      RowType planned) {
    this.loader = loader;
    this.options = Map.copyOf(options);
    this.schemaOf = schemaOf;
    this.reading = reading;
    this.planned = planned;
  }

  /**
   * Can be sent to tasks, which need no catalog to read it.
   *
   * @throws io.orochi.table.error.OrochiException TABLE_CHANGED if it has other columns by now
   */
  Table table() {
    if (table == null) {
      Table current = loader.get();
      snapshotId = ReadOptions.snapshotId(current, options);
      table = SerializableTable.copyOf(current);
      PlannedColumns.require(current.name(), schema(), planned);
    }
    return table;
  }

  /** Null for the current snapshot of {@link #table}, whose schema may be newer. */
  Long snapshotId() {
    table();
    return snapshotId;
  }

  SchemaOf schemaOf() {
    return schemaOf;
  }

  Reading reading() {
    return reading;
  }

  Schema schema() {
    if (reading == Reading.CHANGES) {
      return ChangelogColumns.of(table().schema());
    }
    return snapshotId() == null || schemaOf == SchemaOf.TABLE
        ? table().schema()
        : SnapshotUtil.schemaFor(table(), snapshotId);
  }
}
