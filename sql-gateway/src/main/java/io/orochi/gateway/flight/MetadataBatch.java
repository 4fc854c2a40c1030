package io.orochi.gateway.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;

/** Rows of plain values as one Arrow batch: String, Integer, Boolean, byte[], String lists. */
final class MetadataBatch {
  private MetadataBatch() {}

  static void fill(VectorSchemaRoot batch, List<Object[]> rows) {
    batch.allocateNew();
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < batch.getFieldVectors().size(); column++) {
        set(batch.getVector(column), row, rows.get(row)[column]);
      }
    }
    batch.setRowCount(rows.size());
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (value == null) {
      while (vector.getValueCapacity() <= row) {
        vector.reAlloc();
      }
      vector.setNull(row);
    } else if (vector instanceof VarCharVector text) {
      text.setSafe(row, value.toString().getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof IntVector number) {
      number.setSafe(row, (Integer) value);
    } else if (vector instanceof BitVector bit) {
      bit.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof VarBinaryVector bytes) {
      bytes.setSafe(row, (byte[]) value);
    } else {
      setList((ListVector) vector, row, (List<?>) value);
    }
  }

  private static void setList(ListVector vector, int row, List<?> values) {
    int start = vector.startNewValue(row);
    for (int i = 0; i < values.size(); i++) {
      set((FieldVector) vector.getDataVector(), start + i, values.get(i));
    }
    vector.endValue(row, values.size());
  }
}
