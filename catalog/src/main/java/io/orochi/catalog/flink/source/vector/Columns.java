package io.orochi.catalog.flink.source.vector;

import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The kernel's Arrow batches as Flink's columns. A column is copied once, as a whole, so that the
 * batch can be freed while rows still refer to the copy.
 */
public final class Columns {
  private Columns() {}

  /** Columns beyond those of the type are left out. */
  public static VectorizedColumnBatch copy(VectorSchemaRoot batch, RowType type) {
    ColumnVector[] columns = new ColumnVector[type.getFieldCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = copy(batch.getVector(i), type.getTypeAt(i));
    }
    VectorizedColumnBatch copied = new VectorizedColumnBatch(columns);
    copied.setNumRows(batch.getRowCount());
    return copied;
  }

  static ColumnVector copy(ValueVector vector, LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> FixedColumns.booleans((BitVector) vector);
      case INTEGER -> FixedColumns.ints((IntVector) vector);
      case DATE -> FixedColumns.ints((DateDayVector) vector);
      case TIME_WITHOUT_TIME_ZONE -> FixedColumns.timesOfDay(vector);
      case BIGINT -> FixedColumns.longs(vector);
      case FLOAT -> FixedColumns.floats((Float4Vector) vector);
      case DOUBLE -> FixedColumns.doubles((Float8Vector) vector);
      case DECIMAL -> DecimalColumn.copy(vector, ((DecimalType) type).getPrecision());
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TimestampColumn.copy(vector);
      case CHAR, VARCHAR -> BytesColumn.texts(vector);
      case BINARY, VARBINARY -> BytesColumn.binaries(vector);
      case ARRAY -> NestedColumns.array((ListVector) vector, ((ArrayType) type).getElementType());
      case MAP -> map((ListVector) vector, (MapType) type);
      case ROW -> NestedColumns.row((StructVector) vector, ((RowType) type).getChildren());
      default -> throw new IllegalArgumentException("The kernel reads no " + type);
    };
  }

  private static ColumnVector map(ListVector vector, MapType type) {
    return NestedColumns.map(vector, List.of(type.getKeyType(), type.getValueType()));
  }
}
