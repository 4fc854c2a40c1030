package io.orochi.catalog.flink.source.vector;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.flink.table.data.columnar.vector.BooleanColumnVector;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DoubleColumnVector;
import org.apache.flink.table.data.columnar.vector.FloatColumnVector;
import org.apache.flink.table.data.columnar.vector.IntColumnVector;
import org.apache.flink.table.data.columnar.vector.LongColumnVector;

/** Columns whose values Flink holds as primitives. */
final class FixedColumns {
  private static final long MICROS_PER_MILLI = 1_000;

  private FixedColumns() {}

  static ColumnVector booleans(BitVector vector) {
    byte[] bits = new byte[(vector.getValueCount() + 7) / 8];
    vector.getDataBuffer().getBytes(0, bits);
    return new Booleans(bits, Validity.of(vector));
  }

  static ColumnVector ints(BaseFixedWidthVector vector) {
    int[] values = new int[vector.getValueCount()];
    Validity.data(vector, 4L * values.length).asIntBuffer().get(values);
    return new Ints(values, Validity.of(vector));
  }

  /** Flink holds milliseconds of a day. */
  static ColumnVector timesOfDay(ValueVector vector) {
    TimeMicroVector micros = (TimeMicroVector) vector;
    int[] values = new int[vector.getValueCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = micros.isNull(i) ? 0 : (int) (micros.get(i) / MICROS_PER_MILLI);
    }
    return new Ints(values, Validity.of(vector));
  }

  static ColumnVector longs(ValueVector vector) {
    return new Longs(longValues(vector), Validity.of(vector));
  }

  static ColumnVector floats(Float4Vector vector) {
    float[] values = new float[vector.getValueCount()];
    Validity.data(vector, 4L * values.length).asFloatBuffer().get(values);
    return new Floats(values, Validity.of(vector));
  }

  static ColumnVector doubles(Float8Vector vector) {
    double[] values = new double[vector.getValueCount()];
    Validity.data(vector, 8L * values.length).asDoubleBuffer().get(values);
    return new Doubles(values, Validity.of(vector));
  }

  static long[] longValues(ValueVector vector) {
    long[] values = new long[vector.getValueCount()];
    Validity.data(vector, 8L * values.length).asLongBuffer().get(values);
    return values;
  }

  private record Booleans(byte[] bits, Validity validity) implements BooleanColumnVector {
    @Override
    public boolean getBoolean(int row) {
      return (bits[row >> 3] & 1 << (row & 7)) != 0;
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  private record Ints(int[] values, Validity validity) implements IntColumnVector {
    @Override
    public int getInt(int row) {
      return values[row];
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  private record Longs(long[] values, Validity validity) implements LongColumnVector {
    @Override
    public long getLong(int row) {
      return values[row];
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  private record Floats(float[] values, Validity validity) implements FloatColumnVector {
    @Override
    public float getFloat(int row) {
      return values[row];
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  private record Doubles(double[] values, Validity validity) implements DoubleColumnVector {
    @Override
    public double getDouble(int row) {
      return values[row];
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }
}
