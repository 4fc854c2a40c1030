package io.orochi.catalog.flink.source.metadata;

import io.orochi.table.history.MetadataRows;
import java.io.IOException;
import org.apache.flink.api.common.io.GenericInputFormat;
import org.apache.flink.api.common.io.NonParallelInput;
import org.apache.flink.core.io.GenericInputSplit;
import org.apache.flink.table.data.RowData;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.flink.data.StructRowData;

/** Reads one manifest after the other, in one task. */
final class MetadataInputFormat extends GenericInputFormat<RowData> implements NonParallelInput {
  private static final long serialVersionUID = 1L;

  private final Table table;
  private final Long snapshotId;
  private final Schema columns;
  private transient MetadataRows.Structs rows;

  MetadataInputFormat(Table table, Long snapshotId, Schema columns) {
    this.table = table;
    this.snapshotId = snapshotId;
    this.columns = columns;
  }

  @Override
  public void open(GenericInputSplit split) throws IOException {
    super.open(split);
    rows = new MetadataRows(table, snapshotId, columns).structs();
  }

  @Override
  public boolean reachedEnd() {
    return !rows.hasNext();
  }

  /** A row is a view that the next one may overwrite. */
  @Override
  public RowData nextRecord(RowData reuse) {
    return new StructRowData(columns.asStruct()).setStruct(rows.next());
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
    super.close();
  }
}
