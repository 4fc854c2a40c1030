package io.orochi.table.kernel.scan;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.types.Comparators;
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

  /** Whether the column is of the partitions, or the ranges of its values have none in common. */
  static boolean tellApart(List<FileScanTask> tasks, NestedField column) {
    Comparator<Object> order = Comparators.forType(column.type().asPrimitiveType());
    Object least = null;
    Object greatest = null;
    for (FileScanTask task : tasks) {
      if (task.spec().fields().stream().anyMatch(f -> f.sourceId() == column.fieldId())) {
        return true;
      }
      Object from = least(task.file(), column).orElse(null);
      Object to = greatest(task.file(), column).orElse(null);
      least = from != null && (least == null || order.compare(from, least) > 0) ? from : least;
      greatest =
          to != null && (greatest == null || order.compare(to, greatest) < 0) ? to : greatest;
    }
    return least != null && greatest != null && order.compare(least, greatest) > 0;
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
