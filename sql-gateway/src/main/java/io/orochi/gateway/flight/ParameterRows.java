package io.orochi.gateway.flight;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.DenseUnionVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The values a client binds, as StatementParameters takes them. */
final class ParameterRows {
  private ParameterRows() {}

  /** Every row of the stream, which is read to its end. */
  static List<List<Object>> read(FlightStream stream) {
    List<List<Object>> rows = new ArrayList<>();
    while (stream.next()) {
      VectorSchemaRoot batch = stream.getRoot();
      for (int row = 0; row < batch.getRowCount(); row++) {
        List<Object> values = new ArrayList<>();
        for (FieldVector vector : batch.getFieldVectors()) {
          values.add(value(vector, row));
        }
        rows.add(values);
      }
    }
    return rows;
  }

  private static Object value(FieldVector vector, int row) {
    if (vector instanceof DenseUnionVector union) {
      byte type = union.getTypeId(row);
      return type < 0
          ? null
          : value((FieldVector) union.getVectorByType(type), union.getOffset(row));
    } else if (vector instanceof UnionVector union) {
      return value((FieldVector) union.getVector(row), row);
    } else if (vector.isNull(row)) {
      return null;
    } else if (vector instanceof TimeStampVector timestamps) {
      return timestamp(timestamps, row);
    } else if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    }
    return switch (vector.getMinorType()) {
      case TIMESEC -> timeOfDay(((Number) vector.getObject(row)).longValue(), TimeUnit.SECONDS);
      case TIMEMICRO ->
          timeOfDay(((Number) vector.getObject(row)).longValue(), TimeUnit.MICROSECONDS);
      case TIMENANO ->
          timeOfDay(((Number) vector.getObject(row)).longValue(), TimeUnit.NANOSECONDS);
      default -> plain(vector.getObject(row));
    };
  }

  private static Object plain(Object value) {
    if (value instanceof Boolean
        || value instanceof Number
        || value instanceof byte[]
        || value instanceof LocalDate) {
      return value;
    } else if (value instanceof LocalDateTime dateTime) {
      return dateTime.toLocalTime();
    }
    return value.toString();
  }

  private static LocalTime timeOfDay(long units, TimeUnit unit) {
    return LocalTime.ofNanoOfDay(unit.toNanos(units));
  }

  private static Object timestamp(TimeStampVector vector, int row) {
    ArrowType.Timestamp type = (ArrowType.Timestamp) vector.getField().getType();
    long perSecond =
        switch (type.getUnit()) {
          case SECOND -> 1;
          case MILLISECOND -> 1_000;
          case MICROSECOND -> 1_000_000;
          case NANOSECOND -> 1_000_000_000;
        };
    long units = vector.get(row);
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(units, perSecond),
            Math.floorMod(units, perSecond) * (1_000_000_000L / perSecond));
    return type.getTimezone() == null ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : instant;
  }
}
