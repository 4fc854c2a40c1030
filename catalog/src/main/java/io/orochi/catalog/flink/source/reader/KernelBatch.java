package io.orochi.catalog.flink.source.reader;

import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/** Rows as columns on the heap. Belongs to one thread at a time. */
record KernelBatch(VectorizedColumnBatch columns, int rows) {

  /** All rows through one view, which the next row overwrites. */
  void emit(SourceOutput<RowData> output) {
    ColumnarRowData row = new ColumnarRowData(columns);
    for (int i = 0; i < rows; i++) {
      row.setRowId(i);
      output.collect(row);
    }
  }
}
