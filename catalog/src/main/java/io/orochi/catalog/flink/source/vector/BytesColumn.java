package io.orochi.catalog.flink.source.vector;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.flink.table.data.columnar.vector.BytesColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;

/** Texts and binaries: the bytes of all rows in one array. */
record BytesColumn(byte[] bytes, int[] ends, Validity validity) implements BytesColumnVector {
  private static final int UUID_BYTES = 16;

  static ColumnVector texts(ValueVector vector) {
    BaseVariableWidthVector values = (BaseVariableWidthVector) vector;
    int[] ends = new int[values.getValueCount() + 1];
    if (values.getValueCount() == 0) {
      return new BytesColumn(new byte[0], ends, Validity.of(values));
    }
    values
        .getOffsetBuffer()
        .nioBuffer(0, 4 * ends.length)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .get(ends);
    int first = ends[0];
    byte[] bytes = new byte[ends[ends.length - 1] - first];
    values.getDataBuffer().getBytes(first, bytes);
    for (int i = 0; first != 0 && i < ends.length; i++) {
      ends[i] -= first;
    }
    return new BytesColumn(bytes, ends, Validity.of(values));
  }

  /** The kernel's UUIDs are texts, Flink's the sixteen bytes. */
  static ColumnVector binaries(ValueVector vector) {
    return vector instanceof VarCharVector uuids ? uuids(uuids) : texts(vector);
  }

  private static ColumnVector uuids(VarCharVector vector) {
    int count = vector.getValueCount();
    ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES * count);
    int[] ends = new int[count + 1];
    for (int row = 0; row < count; row++) {
      if (!vector.isNull(row)) {
        UUID uuid = UUID.fromString(new String(vector.get(row), StandardCharsets.US_ASCII));
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
      }
      ends[row + 1] = bytes.position();
    }
    return new BytesColumn(bytes.array(), ends, Validity.of(vector));
  }

  @Override
  public Bytes getBytes(int row) {
    return new Bytes(bytes, ends[row], ends[row + 1] - ends[row]);
  }

  @Override
  public boolean isNullAt(int row) {
    return validity.isNull(row);
  }
}
