package io.orochi.gateway.cli.format;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Arrow batches as the values a {@link ResultFormat} prints. */
public final class ArrowRows {
  private ArrowRows() {}

  public static List<Column> columns(Schema schema) {
    return schema.getFields().stream().map(f -> new Column(f.getName(), isNumeric(f))).toList();
  }

  /** Prints all rows of a batch and returns their number. */
  public static int print(VectorSchemaRoot batch, ResultFormat format) {
    List<FieldVector> vectors = batch.getFieldVectors();
    for (int row = 0; row < batch.getRowCount(); row++) {
      Object[] values = new Object[vectors.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(vectors.get(i), row);
      }
      format.row(values);
    }
    return batch.getRowCount();
  }

  private static boolean isNumeric(Field field) {
    ArrowType type = field.getType();
    return type instanceof ArrowType.Int
        || type instanceof ArrowType.FloatingPoint
        || type instanceof ArrowType.Decimal;
  }

  static Object value(ValueVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    if (vector instanceof UInt8Vector unsigned) {
      return new BigInteger(Long.toUnsignedString(unsigned.get(row)));
    }
    if (vector instanceof BaseIntVector || vector instanceof FloatingPointVector) {
      return vector.getObject(row);
    }
    if (vector instanceof TimeStampVector timestamps) {
      return timestamp(timestamps, row);
    }
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    }
    if (vector instanceof DateMilliVector dates) {
      return dates.getObject(row).toLocalDate();
    }
    if (vector instanceof StructVector struct) {
      Map<String, Object> fields = new LinkedHashMap<>();
      struct.getChildrenFromFields().forEach(f -> fields.put(f.getName(), value(f, row)));
      return fields;
    }
    if (vector instanceof MapVector map) {
      return entries(map, row);
    }
    if (vector instanceof BaseListVector list) {
      List<Object> items = new ArrayList<>();
      ValueVector data = ((ListVector) list).getDataVector();
      for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
        items.add(value(data, i));
      }
      return items;
    }
    return scalar(vector, row);
  }

  private static Object scalar(ValueVector vector, int row) {
    if (vector instanceof TimeSecVector times) {
      return LocalTime.ofSecondOfDay(times.get(row));
    }
    if (vector instanceof TimeMilliVector times) {
      return LocalTime.ofNanoOfDay(times.get(row) * 1_000_000L);
    }
    if (vector instanceof TimeMicroVector times) {
      return LocalTime.ofNanoOfDay(times.get(row) * 1_000L);
    }
    if (vector instanceof TimeNanoVector times) {
      return LocalTime.ofNanoOfDay(times.get(row));
    }
    Object value = vector.getObject(row);
    return value instanceof org.apache.arrow.vector.util.Text text ? text.toString() : value;
  }

  private static Object timestamp(TimeStampVector vector, int row) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    Instant instant = Instant.EPOCH.plus(vector.get(row), unit(type.getUnit()));
    if (type.getTimezone() == null) {
      return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
    return OffsetDateTime.ofInstant(instant, ZoneId.of(type.getTimezone()));
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> ChronoUnit.SECONDS;
      case MILLISECOND -> ChronoUnit.MILLIS;
      case MICROSECOND -> ChronoUnit.MICROS;
      case NANOSECOND -> ChronoUnit.NANOS;
    };
  }

  private static Map<Object, Object> entries(MapVector map, int row) {
    StructVector data = (StructVector) map.getDataVector();
    ValueVector keys = data.getChildrenFromFields().get(0);
    ValueVector values = data.getChildrenFromFields().get(1);
    Map<Object, Object> entries = new LinkedHashMap<>();
    for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
      entries.put(value(keys, i), value(values, i));
    }
    return entries;
  }
}
