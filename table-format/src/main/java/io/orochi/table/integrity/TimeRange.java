package io.orochi.table.integrity;

import io.orochi.table.layout.TableLayout;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The times of the rows of data files, as their manifests state them. */
final class TimeRange {
  private final Types.NestedField time;

  TimeRange(Table table) {
    this.time =
        TableLayout.of(table)
            .map(layout -> table.schema().findField(layout.timeColumn()))
            .orElse(null);
  }

  /** Null where not known. */
  Instant from(DataFile file) {
    return bound(file.lowerBounds());
  }

  /** Null where not known. */
  Instant to(DataFile file) {
    return bound(file.upperBounds());
  }

  private Instant bound(Map<Integer, ByteBuffer> bounds) {
    ByteBuffer bound = time == null || bounds == null ? null : bounds.get(time.fieldId());
    if (bound == null) {
      return null;
    }
    long value = Conversions.fromByteBuffer(time.type(), bound);
    return Instant.EPOCH.plus(
        value,
        time.type().typeId() == Type.TypeID.TIMESTAMP_NANO ? ChronoUnit.NANOS : ChronoUnit.MICROS);
  }
}
