package io.orochi.catalog.flink.source.filter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.flink.table.expressions.ValueLiteralExpression;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Literals in Iceberg's internal form of a column's type (days, microseconds, …). Only those that
 * the type holds exactly: the comparison of any other value stays with Flink.
 */
final class Constants {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Constants() {}

  static Optional<Object> of(ValueLiteralExpression literal, Type type) {
    if (literal.isNull()) {
      return Optional.empty();
    }
    return switch (type.typeId()) {
      case INTEGER -> whole(literal).filter(Constants::isInt).map(Long::intValue);
      case LONG -> whole(literal).map(value -> value);
      case FLOAT -> approximate(literal).filter(Constants::isFloat).map(Double::floatValue);
      case DOUBLE -> approximate(literal).map(value -> value);
      case DECIMAL -> decimal(literal, (Types.DecimalType) type);
      case STRING -> text(literal);
      case DATE -> date(literal);
      case TIMESTAMP -> timestamp(literal, (Types.TimestampType) type);
      case BINARY -> binary(literal);
      default -> Optional.empty();
    };
  }

  private static boolean isInt(long value) {
    return value == (int) value;
  }

  private static boolean isFloat(double value) {
    return value == (float) value;
  }

  private static Optional<BigDecimal> number(ValueLiteralExpression literal) {
    return switch (root(literal)) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> literal.getValueAs(BigDecimal.class);
      default -> Optional.empty();
    };
  }

  private static Optional<Long> whole(ValueLiteralExpression literal) {
    return number(literal)
        .filter(value -> value.stripTrailingZeros().scale() <= 0)
        .filter(value -> value.toBigInteger().bitLength() < Long.SIZE)
        .map(BigDecimal::longValue);
  }

  private static Optional<Object> decimal(ValueLiteralExpression literal, Types.DecimalType type) {
    return number(literal)
        .filter(value -> value.stripTrailingZeros().scale() <= type.scale())
        .map(value -> value.setScale(type.scale(), RoundingMode.UNNECESSARY))
        .filter(value -> value.precision() <= type.precision())
        .map(value -> value);
  }

  private static Optional<Double> approximate(ValueLiteralExpression literal) {
    Optional<Double> value =
        switch (root(literal)) {
          case FLOAT -> literal.getValueAs(Float.class).map(Float::doubleValue);
          case DOUBLE -> literal.getValueAs(Double.class);
          default -> number(literal).map(BigDecimal::doubleValue);
        };
    return value.filter(Double::isFinite);
  }

  private static Optional<Object> text(ValueLiteralExpression literal) {
    return switch (root(literal)) {
      case CHAR, VARCHAR -> literal.getValueAs(String.class).map(value -> value);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> date(ValueLiteralExpression literal) {
    return root(literal) == LogicalTypeRoot.DATE
        ? literal.getValueAs(LocalDate.class).map(LocalDate::toEpochDay).map(Math::toIntExact)
        : Optional.empty();
  }

  private static Optional<Object> timestamp(
      ValueLiteralExpression literal, Types.TimestampType type) {
    LogicalTypeRoot root = root(literal);
    if (type.shouldAdjustToUTC()) {
      return root == LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE
          ? literal.getValueAs(Instant.class).flatMap(Constants::micros)
          : Optional.empty();
    }
    return root == LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE
        ? literal
            .getValueAs(LocalDateTime.class)
            .flatMap(value -> micros(value.toInstant(ZoneOffset.UTC)))
        : Optional.empty();
  }

  private static Optional<Object> micros(Instant instant) {
    if (instant.getNano() % NANOS_PER_MICRO != 0) {
      return Optional.empty();
    }
    return Optional.of(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND)
            + instant.getNano() / NANOS_PER_MICRO);
  }

  private static Optional<Object> binary(ValueLiteralExpression literal) {
    return switch (root(literal)) {
      case BINARY, VARBINARY -> literal.getValueAs(byte[].class).map(ByteBuffer::wrap);
      default -> Optional.empty();
    };
  }

  private static LogicalTypeRoot root(ValueLiteralExpression literal) {
    return literal.getOutputDataType().getLogicalType().getTypeRoot();
  }
}
