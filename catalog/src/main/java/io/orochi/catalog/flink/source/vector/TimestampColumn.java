package io.orochi.catalog.flink.source.vector;

import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;

/** Timestamps with and without zone, counted in microseconds or nanoseconds since 1970. */
record TimestampColumn(long[] values, long perMilli, Validity validity)
    implements TimestampColumnVector {
  private static final long NANOS_PER_MILLI = 1_000_000;

  static ColumnVector copy(ValueVector vector) {
    TimeStampVector timestamps = (TimeStampVector) vector;
    TimeUnit unit = ((ArrowType.Timestamp) timestamps.getField().getType()).getUnit();
    long perMilli =
        switch (unit) {
          case SECOND -> throw new IllegalArgumentException("The kernel keeps no seconds");
          case MILLISECOND -> 1;
          case MICROSECOND -> 1_000;
          case NANOSECOND -> NANOS_PER_MILLI;
        };
    return new TimestampColumn(FixedColumns.longValues(vector), perMilli, Validity.of(vector));
  }

  @Override
  public TimestampData getTimestamp(int row, int precision) {
    long value = values[row];
    long nanos = Math.floorMod(value, perMilli) * (NANOS_PER_MILLI / perMilli);
    return TimestampData.fromEpochMillis(Math.floorDiv(value, perMilli), (int) nanos);
  }

  @Override
  public boolean isNullAt(int row) {
    return validity.isNull(row);
  }
}
