package io.orochi.table.kernel.sql;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** The kernel's names and texts for Iceberg's types and values. */
public final class KernelTypes {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private KernelTypes() {}

  /**
   * The SQL name of a type, nested ones included.
   *
   * @throws OrochiException KERNEL_CANNOT_READ for types the kernel lacks
   */
  public static String nameOf(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> "BOOLEAN";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC() ? "TIMESTAMPTZ" : "TIMESTAMP";
      case TIMESTAMP_NANO ->
          ((Types.TimestampNanoType) type).shouldAdjustToUTC() ? "TIMESTAMPTZ_NS" : "TIMESTAMP_NS";
      case STRING -> "VARCHAR";
      case UUID -> "UUID";
      case FIXED, BINARY -> "BLOB";
      case DECIMAL -> {
        Types.DecimalType decimal = (Types.DecimalType) type;
        yield "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
      }
      case STRUCT -> structName(type.asStructType());
      case LIST -> nameOf(type.asListType().elementType()) + "[]";
      case MAP ->
          "MAP("
              + nameOf(type.asMapType().keyType())
              + ", "
              + nameOf(type.asMapType().valueType())
              + ")";
      case UNKNOWN, VARIANT, GEOMETRY, GEOGRAPHY ->
          throw OrochiException.of(
                  OrochiErrorCode.KERNEL_CANNOT_READ, "Cannot read type in the kernel: " + type)
              .withHint("Leave the column out, or run the statement on Flink.");
    };
  }

  private static String structName(Types.StructType struct) {
    requireDistinctNames(struct.fields());
    return struct.fields().stream()
        .map(field -> SqlText.identifier(field.name()) + " " + nameOf(field.type()))
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }

  /** The kernel's names ignore case, Iceberg's need not. */
  static void requireDistinctNames(List<Types.NestedField> fields) {
    Set<String> seen = new HashSet<>();
    for (Types.NestedField field : fields) {
      if (!seen.add(field.name().toLowerCase(Locale.ROOT))) {
        throw OrochiException.of(
                OrochiErrorCode.KERNEL_CANNOT_READ,
                "Cannot read columns that differ in case only: " + field.name())
            .withHint("Rename one of the columns, or run the statement on Flink.");
      }
    }
  }

  /**
   * A value in Iceberg's internal form (days, microseconds, CharSequence, ByteBuffer, …) as text
   * that casts to {@link #nameOf}; null stays null.
   */
  public static String textOf(Type type, Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.typeId()) {
      case DATE -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
      case TIME -> LocalTime.ofNanoOfDay(((Number) value).longValue() * 1000).toString();
      case TIMESTAMP ->
          timestampText(
              ((Number) value).longValue(),
              MICROS_PER_SECOND,
              ((Types.TimestampType) type).shouldAdjustToUTC());
      case TIMESTAMP_NANO ->
          timestampText(
              ((Number) value).longValue(),
              NANOS_PER_SECOND,
              ((Types.TimestampNanoType) type).shouldAdjustToUTC());
      case FIXED, BINARY -> blobText((ByteBuffer) value);
      default -> value.toString();
    };
  }

  private static String timestampText(long value, long perSecond, boolean zoned) {
    long nanos = Math.floorMod(value, perSecond) * (NANOS_PER_SECOND / perSecond);
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(value, perSecond), Math.toIntExact(nanos), ZoneOffset.UTC);
    String text = TIMESTAMP.format(local);
    String exact = perSecond == MICROS_PER_SECOND ? text.substring(0, text.length() - 3) : text;
    return zoned ? exact + "+00" : exact;
  }

  private static String blobText(ByteBuffer bytes) {
    StringBuilder text = new StringBuilder(bytes.remaining() * 4);
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      text.append(String.format(Locale.ROOT, "\\x%02X", bytes.get(i) & 0xff));
    }
    return text.toString();
  }
}
