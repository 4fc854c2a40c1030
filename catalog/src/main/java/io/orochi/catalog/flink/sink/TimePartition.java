package io.orochi.catalog.flink.sink;

import java.io.Serializable;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.apache.iceberg.transforms.Transform;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SerializableFunction;

/**
 * Iceberg's {@code hour}, {@code day}, {@code month} or {@code year} of a timestamp column. All of
 * them are functions of the hour, so Iceberg is only asked when the hour differs from that of the
 * row before. Not safe for threads.
 */
final class TimePartition implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final long MILLIS_PER_HOUR = 3_600_000L;
  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  /** Not an ordinal of any timestamp. */
  private static final int NULL = Integer.MIN_VALUE;

  private final int column;
  private final int precision;
  private final SerializableFunction<Long, Integer> transform;
  private long lastHour = Long.MIN_VALUE;
  private int lastOrdinal;

  private TimePartition(int column, int precision, SerializableFunction<Long, Integer> transform) {
    this.column = column;
    this.precision = precision;
    this.transform = transform;
  }

  static boolean supports(LogicalType type, Type icebergType) {
    return (type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
            || type.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE))
        && icebergType instanceof Types.TimestampType;
  }

  @SuppressWarnings("unchecked")
  static TimePartition of(
      int column, LogicalType type, Transform<?, ?> transform, Type icebergType) {
    return new TimePartition(
        column,
        LogicalTypeChecks.getPrecision(type),
        ((Transform<Long, Integer>) transform).bind(icebergType));
  }

  /** Hours, days, months or years from 1970-01-01. */
  int of(RowData row) {
    if (row.isNullAt(column)) {
      return NULL;
    }
    TimestampData time = row.getTimestamp(column, precision);
    long hour = Math.floorDiv(time.getMillisecond(), MILLIS_PER_HOUR);
    if (hour != lastHour) {
      lastOrdinal = transform.apply(hour * MICROS_PER_HOUR);
      lastHour = hour;
    }
    return lastOrdinal;
  }
}
