package io.orochi.table.check;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** What a part of a condition is, and as what its values come. */
enum CheckType {
  /** {@code Boolean}. */
  BOOLEAN,
  /** {@code BigDecimal}: whole numbers and decimals, computed exactly. */
  EXACT,
  /** {@code Double}. */
  DOUBLE,
  /** {@code String}. */
  TEXT,
  /** {@code LocalDate}. */
  DATE,
  /** {@code LocalTime}. */
  TIME,
  /** {@code LocalDateTime}. */
  TIMESTAMP,
  /** {@code Instant}. */
  INSTANT,
  /** Of the literal NULL. */
  NULL,
  /** Of a column that can only be asked whether it is NULL. */
  OPAQUE;

  static CheckType of(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> BOOLEAN;
      case INTEGER, LONG, DECIMAL -> EXACT;
      case FLOAT, DOUBLE -> DOUBLE;
      case STRING -> TEXT;
      case DATE -> DATE;
      case TIME -> TIME;
      case TIMESTAMP -> ((Types.TimestampType) type).shouldAdjustToUTC() ? INSTANT : TIMESTAMP;
      case TIMESTAMP_NANO ->
          ((Types.TimestampNanoType) type).shouldAdjustToUTC() ? INSTANT : TIMESTAMP;
      default -> OPAQUE;
    };
  }

  boolean isNumber() {
    return this == EXACT || this == DOUBLE;
  }

  /** Whether two values can be compared with each other. */
  boolean comparesWith(CheckType other) {
    if (this == OPAQUE || other == OPAQUE) {
      return false;
    }
    return this == other || this == NULL || other == NULL || (isNumber() && other.isNumber());
  }

  /** How users call it. */
  String words() {
    return switch (this) {
      case BOOLEAN -> "a BOOLEAN";
      case EXACT -> "a whole number or DECIMAL";
      case DOUBLE -> "a DOUBLE";
      case TEXT -> "a STRING";
      case DATE -> "a DATE";
      case TIME -> "a TIME";
      case TIMESTAMP -> "a TIMESTAMP";
      case INSTANT -> "a TIMESTAMP_LTZ";
      case NULL -> "NULL";
      case OPAQUE -> "a column of which only IS NULL can be asked";
    };
  }
}
