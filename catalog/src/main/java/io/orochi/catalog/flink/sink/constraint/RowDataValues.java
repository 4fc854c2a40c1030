package io.orochi.catalog.flink.sink.constraint;

import io.orochi.table.check.RowValues;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.function.Function;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A row of Flink as constraints see it. */
final class RowDataValues implements RowValues {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RowData.FieldGetter[] getters;
  private final Function<Object, Object>[] converters;
  private RowData row;

  @SuppressWarnings({"unchecked", "rawtypes"})
  RowDataValues(RowType type) {
    getters = new RowData.FieldGetter[type.getFieldCount()];
    converters = new Function[type.getFieldCount()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
      converters[i] = converter(type.getTypeAt(i));
    }
  }

  /** The row that is asked from now on. */
  void show(RowData shown) {
    row = shown;
  }

  @Override
  public Object value(int column) {
    Object value = getters[column].getFieldOrNull(row);
    return value == null ? null : converters[column].apply(value);
  }

  private static Function<Object, Object> converter(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          value -> BigDecimal.valueOf(((Number) value).longValue());
      case DECIMAL -> value -> ((DecimalData) value).toBigDecimal();
      case FLOAT, DOUBLE -> value -> ((Number) value).doubleValue();
      case CHAR, VARCHAR -> Object::toString;
      case DATE -> value -> LocalDate.ofEpochDay((Integer) value);
      case TIME_WITHOUT_TIME_ZONE ->
          value -> LocalTime.ofNanoOfDay((Integer) value * NANOS_PER_MILLI);
      case TIMESTAMP_WITHOUT_TIME_ZONE -> value -> ((TimestampData) value).toLocalDateTime();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> value -> ((TimestampData) value).toInstant();
      default -> value -> value;
    };
  }
}
