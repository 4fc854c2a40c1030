package io.orochi.table.kernel.keys;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/** Where the keys of some files lie, by the statistics of the files. */
final class KeyRange {
  /** Beyond so many files one range over all of them is looked at. */
  private static final int RANGES_MAX = 24;

  private static final long NANOS_PER_MICRO = 1_000;

  private final List<NestedField> key;

  KeyRange(List<NestedField> key) {
    this.key = key;
  }

  /** Selects every row of the table that has the key of a row in the files; may select more. */
  Expression of(List<DataFile> files) {
    if (files.size() > RANGES_MAX) {
      return overAll(files);
    }
    Expression all = Expressions.alwaysFalse();
    for (DataFile file : files) {
      all = Expressions.or(all, overAll(List.of(file)));
    }
    return all;
  }

  private Expression overAll(List<DataFile> files) {
    Expression range = Expressions.alwaysTrue();
    for (NestedField column : key) {
      Object least = least(files, column);
      Object most = most(files, column);
      if (least != null) {
        range =
            Expressions.and(
                range, Expressions.greaterThanOrEqual(column.name(), literal(least, column, 0)));
      }
      if (most != null) {
        range =
            Expressions.and(
                range, Expressions.lessThanOrEqual(column.name(), literal(most, column, 1)));
      }
    }
    return range;
  }

  /**
   * Iceberg takes a number for microseconds, whatever the column counts.
   *
   * @param more microseconds beyond the one the bound lies in
   */
  private static Object literal(Object bound, NestedField column, long more) {
    return column.type().typeId() == Type.TypeID.TIMESTAMP_NANO
        ? (Object) (Math.floorDiv((Long) bound, NANOS_PER_MICRO) + more)
        : bound;
  }

  private static Object least(List<DataFile> files, NestedField column) {
    Comparator<Object> order = order(column.type());
    Object least = null;
    for (DataFile file : files) {
      Object bound = bound(file.lowerBounds(), column);
      if (bound == null) {
        return null;
      }
      least = least == null || order.compare(bound, least) < 0 ? bound : least;
    }
    return least;
  }

  private static Object most(List<DataFile> files, NestedField column) {
    Comparator<Object> order = order(column.type());
    Object most = null;
    for (DataFile file : files) {
      Object bound = bound(file.upperBounds(), column);
      if (bound == null) {
        return null;
      }
      most = most == null || order.compare(bound, most) > 0 ? bound : most;
    }
    return most;
  }

  private static Object bound(Map<Integer, ByteBuffer> bounds, NestedField column) {
    ByteBuffer bytes = bounds == null ? null : bounds.get(column.fieldId());
    return bytes == null ? null : Conversions.fromByteBuffer(column.type(), bytes);
  }

  private static Comparator<Object> order(Type type) {
    return Comparators.forType(type.asPrimitiveType());
  }
}
