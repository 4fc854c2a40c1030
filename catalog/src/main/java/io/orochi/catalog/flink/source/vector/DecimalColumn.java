package io.orochi.catalog.flink.source.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.LongBuffer;
import org.apache.arrow.vector.ValueVector;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.DecimalColumnVector;

/** Decimals: Arrow has 128 bits for each, Flink a long as far as the precision allows. */
final class DecimalColumn {
  private static final long TWO_LONGS = 16;

  private DecimalColumn() {}

  static ColumnVector copy(ValueVector vector, int precision) {
    int count = vector.getValueCount();
    LongBuffer words = Validity.data(vector, TWO_LONGS * count).asLongBuffer();
    if (DecimalData.isCompact(precision)) {
      long[] unscaled = new long[count];
      for (int i = 0; i < count; i++) {
        unscaled[i] = words.get(2 * i);
      }
      return new Compact(unscaled, Validity.of(vector));
    }
    long[] both = new long[2 * count];
    words.get(both);
    return new Wide(both, Validity.of(vector));
  }

  private record Compact(long[] unscaled, Validity validity) implements DecimalColumnVector {
    @Override
    public DecimalData getDecimal(int row, int precision, int scale) {
      return DecimalData.fromUnscaledLong(unscaled[row], precision, scale);
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }

  /** The low word of each value comes first. */
  private record Wide(long[] words, Validity validity) implements DecimalColumnVector {
    @Override
    public DecimalData getDecimal(int row, int precision, int scale) {
      long low = words[2 * row];
      BigInteger unscaled = BigInteger.valueOf(words[2 * row + 1]).shiftLeft(Long.SIZE);
      BigInteger lowWord =
          low >= 0
              ? BigInteger.valueOf(low)
              : BigInteger.valueOf(low).add(BigInteger.ONE.shiftLeft(Long.SIZE));
      return DecimalData.fromBigDecimal(
          new BigDecimal(unscaled.add(lowWord), scale), precision, scale);
    }

    @Override
    public boolean isNullAt(int row) {
      return validity.isNull(row);
    }
  }
}
