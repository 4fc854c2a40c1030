package io.orochi.table.integrity;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;

/**
 * The bounds of a manifest beside those of the file's footer. The two zeros of a floating-point
 * column are one: Parquet writes the least zero as -0.0 and the greatest as 0.0, whichever the rows
 * have.
 */
final class StatedBounds {
  private final Schema schema;

  StatedBounds(Schema schema) {
    this.schema = schema;
  }

  /** Ids of the columns that have a bound in both and not the same; both may be null. */
  List<Integer> differing(Map<Integer, ByteBuffer> stated, Map<Integer, ByteBuffer> found) {
    if (stated == null || found == null) {
      return List.of();
    }
    return stated.keySet().stream()
        .filter(found::containsKey)
        .filter(id -> !isSame(id, stated.get(id), found.get(id)))
        .toList();
  }

  private boolean isSame(int id, ByteBuffer stated, ByteBuffer found) {
    if (found.equals(stated)) {
      return true;
    }
    Type type = schema.findType(id);
    if (type == null) {
      return false;
    }
    return switch (type.typeId()) {
      case FLOAT -> asFloat(type, stated) == asFloat(type, found);
      case DOUBLE -> asDouble(type, stated) == asDouble(type, found);
      default -> false;
    };
  }

  private static float asFloat(Type type, ByteBuffer bound) {
    return Conversions.<Float>fromByteBuffer(type, bound);
  }

  private static double asDouble(Type type, ByteBuffer bound) {
    return Conversions.<Double>fromByteBuffer(type, bound);
  }
}
