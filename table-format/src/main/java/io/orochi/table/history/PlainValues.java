package io.orochi.table.history;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Iceberg's internal values as those of its generic records; structs become arrays of their values.
 */
final class PlainValues {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

  private PlainValues() {}

  static Object[] of(Types.StructType type, StructLike row) {
    Object[] values = new Object[type.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = of(type.fields().get(i).type(), row.get(i, Object.class));
    }
    return values;
  }

  static Object of(Type type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.typeId()) {
      case DATE -> value instanceof Integer days ? LocalDate.ofEpochDay(days) : value;
      case TIME -> value instanceof Long micros ? LocalTime.ofNanoOfDay(micros * 1_000) : value;
      case TIMESTAMP ->
          value instanceof Long micros
              ? time(((Types.TimestampType) type).shouldAdjustToUTC(), micros, ChronoUnit.MICROS)
              : value;
      case TIMESTAMP_NANO ->
          value instanceof Long nanos
              ? time(((Types.TimestampNanoType) type).shouldAdjustToUTC(), nanos, ChronoUnit.NANOS)
              : value;
      case STRING -> value.toString();
      case STRUCT -> of(type.asStructType(), (StructLike) value);
      case LIST -> list(type.asListType(), (Iterable<?>) value);
      case MAP -> map(type.asMapType(), (Map<?, ?>) value);
      default -> value;
    };
  }

  private static Object time(boolean zoned, long count, ChronoUnit unit) {
    return zoned
        ? Instant.EPOCH.plus(count, unit).atOffset(ZoneOffset.UTC)
        : EPOCH.plus(count, unit);
  }

  private static List<Object> list(Types.ListType type, Iterable<?> values) {
    List<Object> plain = new ArrayList<>();
    values.forEach(value -> plain.add(of(type.elementType(), value)));
    return plain;
  }

  private static Map<Object, Object> map(Types.MapType type, Map<?, ?> values) {
    Map<Object, Object> plain = new LinkedHashMap<>();
    values.forEach((key, value) -> plain.put(of(type.keyType(), key), of(type.valueType(), value)));
    return plain;
  }
}
