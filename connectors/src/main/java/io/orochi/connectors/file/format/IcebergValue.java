package io.orochi.connectors.file.format;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.UUIDUtil;

/**
 * Makes Flink's internal value from a value of Iceberg's generic reader; any exception means it
 * cannot. Numbers may widen, never narrow with loss.
 */
@FunctionalInterface
interface IcebergValue {
  Object convert(Object value);

  static IcebergValue of(Type from, LogicalType to) {
    return switch (to.getTypeRoot()) {
      case VARCHAR, CHAR -> value -> StringData.fromString(value.toString());
      case BOOLEAN -> Boolean.class::cast;
      case TINYINT -> value -> (byte) Math.toIntExact(integer(value));
      case SMALLINT -> value -> (short) Math.toIntExact(integer(value));
      case INTEGER -> value -> Math.toIntExact(integer(value));
      case BIGINT -> value -> integer(value);
      case FLOAT -> value -> ((Number) value).floatValue();
      case DOUBLE -> value -> ((Number) value).doubleValue();
      case DECIMAL -> decimal((DecimalType) to);
      case DATE -> value -> (int) ((LocalDate) value).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE -> value -> (int) (((LocalTime) value).toNanoOfDay() / 1_000_000);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> IcebergValue::timestamp;
      case VARBINARY, BINARY -> IcebergValue::bytes;
      case ARRAY -> array(from, (ArrayType) to);
      case MAP -> map(from, (MapType) to);
      case ROW -> row(from, (RowType) to);
      default ->
          throw OrochiException.of(
              OrochiErrorCode.INPUT_FORMAT_UNKNOWN,
              "Cannot read %s from Parquet's %s".formatted(to.asSummaryString(), from));
    };
  }

  private static long integer(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new IllegalArgumentException(String.valueOf(value));
  }

  private static IcebergValue decimal(DecimalType to) {
    return value -> {
      BigDecimal exact =
          (value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString()))
              .setScale(to.getScale());
      if (exact.precision() > to.getPrecision()) {
        throw new ArithmeticException(value.toString());
      }
      return DecimalData.fromBigDecimal(exact, to.getPrecision(), to.getScale());
    };
  }

  private static TimestampData timestamp(Object value) {
    if (value instanceof OffsetDateTime zoned) {
      return TimestampData.fromInstant(zoned.toInstant());
    }
    if (value instanceof LocalDate date) {
      return TimestampData.fromInstant(date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    return value instanceof Long number
        ? TimestampText.sinceEpoch(number)
        : TimestampData.fromLocalDateTime((LocalDateTime) value);
  }

  private static byte[] bytes(Object value) {
    if (value instanceof UUID uuid) {
      return UUIDUtil.convert(uuid);
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] copy = new byte[buffer.remaining()];
      buffer.duplicate().get(copy);
      return copy;
    }
    return (byte[]) value;
  }

  private static Object orNull(IcebergValue converter, Object value) {
    return value == null ? null : converter.convert(value);
  }

  private static IcebergValue array(Type from, ArrayType to) {
    IcebergValue element = of(from.asListType().elementType(), to.getElementType());
    return value ->
        new GenericArrayData(
            ((List<?>) value).stream().map(item -> orNull(element, item)).toArray());
  }

  private static IcebergValue map(Type from, MapType to) {
    IcebergValue key = of(from.asMapType().keyType(), to.getKeyType());
    IcebergValue entryValue = of(from.asMapType().valueType(), to.getValueType());
    return value -> {
      Map<Object, Object> entries = new HashMap<>();
      ((Map<?, ?>) value).forEach((k, v) -> entries.put(key.convert(k), orNull(entryValue, v)));
      return new GenericMapData(entries);
    };
  }

  private static IcebergValue row(Type from, RowType to) {
    IcebergValue[] fields = new IcebergValue[to.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = of(from.asStructType().field(to.getFieldNames().get(i)).type(), to.getTypeAt(i));
    }
    return value -> {
      GenericRowData row = new GenericRowData(fields.length);
      for (int i = 0; i < fields.length; i++) {
        row.setField(i, orNull(fields[i], ((Record) value).getField(to.getFieldNames().get(i))));
      }
      return row;
    };
  }
}
