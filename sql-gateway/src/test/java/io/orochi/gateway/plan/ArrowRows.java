package io.orochi.gateway.plan;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.Text;

/** Arrow batches as the Java objects that Flink's collect() returns for the same types. */
final class ArrowRows {
  private ArrowRows() {}

  static List<List<Object>> read(ArrowReader reader) {
    try {
      List<List<Object>> rows = new ArrayList<>();
      while (reader.loadNextBatch()) {
        VectorSchemaRoot batch = reader.getVectorSchemaRoot();
        for (int row = 0; row < batch.getRowCount(); row++) {
          List<Object> values = new ArrayList<>();
          for (FieldVector vector : batch.getFieldVectors()) {
            values.add(vector.isNull(row) ? null : value(vector, row));
          }
          rows.add(values);
        }
      }
      return rows;
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Object value(FieldVector vector, int row) {
    if (vector instanceof VarCharVector text) {
      return text.getObject(row).toString();
    }
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    }
    if (vector instanceof TimeStampMicroVector micros) {
      return LocalDateTime.ofInstant(instant(micros.get(row)), ZoneOffset.UTC);
    }
    if (vector instanceof TimeStampMicroTZVector micros) {
      return instant(micros.get(row));
    }
    if (vector instanceof VarBinaryVector bytes) {
      return Arrays.toString(bytes.get(row));
    }
    return plain(vector.getObject(row), vector instanceof MapVector);
  }

  /** Texts as String; a map is a list of rows with a key and a value. */
  private static Object plain(Object value, boolean isMap) {
    if (value instanceof Text) {
      return value.toString();
    }
    if (!(value instanceof List<?> list)) {
      return value;
    }
    if (!isMap) {
      List<Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(plain(element, false)));
      return elements;
    }
    Map<Object, Object> map = new HashMap<>();
    for (Object entry : list) {
      Map<?, ?> pair = (Map<?, ?>) entry;
      map.put(plain(pair.get("key"), false), plain(pair.get("value"), false));
    }
    return map;
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
