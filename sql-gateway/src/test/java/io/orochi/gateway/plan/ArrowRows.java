package io.orochi.gateway.plan;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

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
    return vector.getObject(row);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
