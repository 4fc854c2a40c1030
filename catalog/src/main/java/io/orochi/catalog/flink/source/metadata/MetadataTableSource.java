package io.orochi.catalog.flink.source.metadata;

import io.orochi.catalog.flink.source.ReadOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.InputFormatProvider;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.connector.source.abilities.SupportsProjectionPushDown;
import org.apache.flink.table.types.DataType;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A batch read of one of Iceberg's metadata tables, as it was when the statement was planned.
 * Iceberg's own source cannot send the manifests of these tables to its tasks.
 */
public final class MetadataTableSource implements ScanTableSource, SupportsProjectionPushDown {
  private final Table table;
  private final Long snapshotId;
  private Schema columns;

  private MetadataTableSource(Table table, Long snapshotId, Schema columns) {
    this.table = table;
    this.snapshotId = snapshotId;
    this.columns = columns;
  }

  /**
   * @param options of the statement; they may choose a snapshot
   */
  public static MetadataTableSource of(Table table, Map<String, String> options) {
    return new MetadataTableSource(table, ReadOptions.snapshotId(table, options), table.schema());
  }

  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    Table copy = SerializableTable.copyOf(table);
    return InputFormatProvider.of(new MetadataInputFormat(copy, snapshotId, columns));
  }

  @Override
  public boolean supportsNestedProjection() {
    return false;
  }

  @Override
  public void applyProjection(int[][] fields, DataType producedType) {
    List<NestedField> all = columns.columns();
    columns = new Schema(Arrays.stream(fields).map(field -> all.get(field[0])).toList());
  }

  @Override
  public DynamicTableSource copy() {
    return new MetadataTableSource(table, snapshotId, columns);
  }

  @Override
  public String asSummaryString() {
    return table.name();
  }
}
