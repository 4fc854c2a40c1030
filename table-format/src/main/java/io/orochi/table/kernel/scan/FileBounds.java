package io.orochi.table.kernel.scan;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** The statistics of a column in one file. Empty where the file does not tell. */
final class FileBounds {
  private FileBounds() {}

  /**
   * Whether a column's least and greatest values are values of the column: those of texts may be
   * cut, those of floating-point numbers leave NaN out and do not tell 0.0 from -0.0.
   */
  static boolean areExact(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIMESTAMP, DECIMAL -> true;
      default -> false;
    };
  }

  static Optional<Object> least(DataFile file, NestedField column) {
    return of(file.lowerBounds(), column);
  }

  static Optional<Object> greatest(DataFile file, NestedField column) {
    return of(file.upperBounds(), column);
  }

  private static Optional<Object> of(Map<Integer, ByteBuffer> bounds, NestedField column) {
    ByteBuffer bytes = bounds == null ? null : bounds.get(column.fieldId());
    return bytes == null
        ? Optional.empty()
        : Optional.of(Conversions.fromByteBuffer(column.type(), bytes.duplicate()));
  }

  /** Rows in which the column is NULL. */
  static Optional<Long> nulls(DataFile file, NestedField column) {
    if (column.isRequired()) {
      return Optional.of(0L);
    }
    Map<Integer, Long> counts = file.nullValueCounts();
    return Optional.ofNullable(counts == null ? null : counts.get(column.fieldId()));
  }
}
