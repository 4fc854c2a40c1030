package io.orochi.table.kernel.bloom;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.ByteBuffers;
import org.apache.parquet.column.values.bloomfilter.HashFunction;
import org.apache.parquet.column.values.bloomfilter.XxHash;

/**
 * A value's hash as the writer of a file has computed it. A column that was widened since has other
 * bytes there: the file's own type decides which.
 */
final class ValueHashes {
  private static final Known UNKNOWN = new Unknown();
  private static final HashFunction XXH64 = new XxHash();

  private ValueHashes() {}

  /** What is known of a value in a file. */
  sealed interface Known {}

  /** A filter of the file can be asked. */
  record Hash(long value) implements Known {}

  /** The file's type has no such value. */
  record Impossible() implements Known {}

  /** The filter was made of something else. */
  record Unknown() implements Known {}

  /**
   * @param type of the column today
   * @param value in Iceberg's internal form
   * @param physicalType Parquet's name
   */
  static Known of(Type type, Object value, String physicalType) {
    return switch (type.typeId()) {
      case INTEGER, DATE -> physicalType.equals("INT32") ? whole(value, physicalType) : UNKNOWN;
      case LONG -> whole(value, physicalType);
      case TIMESTAMP -> physicalType.equals("INT64") ? whole(value, physicalType) : UNKNOWN;
      case DECIMAL -> decimal((BigDecimal) value, physicalType);
      case STRING -> bytes(value.toString().getBytes(StandardCharsets.UTF_8), physicalType);
      case BINARY -> bytes(ByteBuffers.toByteArray((ByteBuffer) value), physicalType);
      default -> UNKNOWN;
    };
  }

  private static Known decimal(BigDecimal value, String physicalType) {
    OptionalLong unscaled =
        value.unscaledValue().bitLength() < Long.SIZE
            ? OptionalLong.of(value.unscaledValue().longValue())
            : OptionalLong.empty();
    if (unscaled.isEmpty()) {
      return physicalType.equals("INT32") || physicalType.equals("INT64")
          ? new Impossible()
          : UNKNOWN;
    }
    return whole(unscaled.getAsLong(), physicalType);
  }

  private static Known whole(Object value, String physicalType) {
    long number = ((Number) value).longValue();
    return switch (physicalType) {
      case "INT64" -> hash(plain(Long.BYTES).putLong(number).array());
      case "INT32" ->
          number == (int) number
              ? hash(plain(Integer.BYTES).putInt((int) number).array())
              : new Impossible();
      default -> UNKNOWN;
    };
  }

  private static Known bytes(byte[] value, String physicalType) {
    return physicalType.equals("BYTE_ARRAY") ? hash(value) : UNKNOWN;
  }

  private static Known hash(byte[] plain) {
    return new Hash(XXH64.hashBytes(plain));
  }

  /** For Parquet's plain encoding of a number. */
  private static ByteBuffer plain(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
