package io.orochi.catalog.flink.source.vector;

import java.util.List;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.columnar.ColumnarArrayData;
import org.apache.flink.table.data.columnar.ColumnarMapData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ArrayColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.MapColumnVector;
import org.apache.flink.table.data.columnar.vector.RowColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.LogicalType;

/** Columns of columns. */
final class NestedColumns {
  private NestedColumns() {}

  static ColumnVector array(ListVector vector, LogicalType elementType) {
    ColumnVector elements = Columns.copy(vector.getDataVector(), elementType);
    return new Arrays(elements, starts(vector), Validity.of(vector));
  }

  /**
   * @param types of keys and values
   */
  static ColumnVector map(ListVector vector, List<LogicalType> types) {
    StructVector entries = (StructVector) vector.getDataVector();
    return new Maps(
        Columns.copy(entries.getChildrenFromFields().get(0), types.get(0)),
        Columns.copy(entries.getChildrenFromFields().get(1), types.get(1)),
        starts(vector),
        Validity.of(vector));
  }

  static ColumnVector row(StructVector vector, List<LogicalType> types) {
    ColumnVector[] fields = new ColumnVector[types.size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = Columns.copy(vector.getChildrenFromFields().get(i), types.get(i));
    }
    return new Rows(new VectorizedColumnBatch(fields), Validity.of(vector));
  }

  /** Where the elements of each row begin, and after the last one where they end. */
  private static int[] starts(ListVector vector) {
    int[] starts = new int[vector.getValueCount() + 1];
    for (int row = 0; row < vector.getValueCount(); row++) {
      starts[row] = vector.getElementStartIndex(row);
      starts[row + 1] = vector.getElementEndIndex(row);
    }
    return starts;
  }

  private record Arrays(ColumnVector elements, int[] starts, Validity validity)
      implements ArrayColumnVector {
    @Override
    public ArrayData getArray(int row) {
      return new ColumnarArrayData(elements, starts[row], starts[row + 1] - starts[row]);
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  private record Maps(ColumnVector keys, ColumnVector values, int[] starts, Validity validity)
      implements MapColumnVector {
    @Override
    public MapData getMap(int row) {
      return new ColumnarMapData(keys, values, starts[row], starts[row + 1] - starts[row]);
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  private record Rows(VectorizedColumnBatch fields, Validity validity) implements RowColumnVector {
    @Override
    public ColumnarRowData getRow(int row) {
      return new ColumnarRowData(fields, row);
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }
}
