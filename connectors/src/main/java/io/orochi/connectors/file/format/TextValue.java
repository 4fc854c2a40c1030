package io.orochi.connectors.file.format;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;

/** Makes Flink's internal value from a text that is not empty; any exception means it cannot. */
@FunctionalInterface
interface TextValue {
  Object parse(String text);

  static TextValue of(LogicalType type, CsvFormat format) {
    return switch (type.getTypeRoot()) {
      case VARCHAR, CHAR -> StringData::fromString;
      case BOOLEAN -> TextValue::bool;
      case TINYINT -> text -> Byte.valueOf(text.trim());
      case SMALLINT -> text -> Short.valueOf(text.trim());
      case INTEGER -> text -> Integer.valueOf(text.trim());
      case BIGINT -> text -> Long.valueOf(text.trim());
      case FLOAT -> text -> Float.valueOf(text.trim());
      case DOUBLE -> text -> Double.valueOf(text.trim());
      case DECIMAL -> decimal((DecimalType) type);
      case DATE -> date(format);
      case TIME_WITHOUT_TIME_ZONE ->
          text -> (int) (LocalTime.parse(text.trim()).toNanoOfDay() / 1_000_000);
      case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> timestamp(format);
      case VARBINARY, BINARY -> text -> HexFormat.of().parseHex(text.trim());
      default ->
          throw OrochiException.of(
                  OrochiErrorCode.INPUT_FORMAT_UNKNOWN,
                  "Cannot read %s from text".formatted(type.asSummaryString()))
              .withHint("Use JSON lines or Parquet for nested columns.");
    };
  }

  private static Boolean bool(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true", "t", "1", "yes" -> true;
      case "false", "f", "0", "no" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static TextValue decimal(DecimalType type) {
    return text -> {
      BigDecimal exact = new BigDecimal(text.trim()).setScale(type.getScale());
      if (exact.precision() > type.getPrecision()) {
        throw new ArithmeticException(text);
      }
      return DecimalData.fromBigDecimal(exact, type.getPrecision(), type.getScale());
    };
  }

  private static TextValue date(CsvFormat format) {
    if (format.datePattern().isEmpty()) {
      return text -> (int) LocalDate.parse(text.trim()).toEpochDay();
    }
    DateTimeFormatter formatter = Strptime.formatter(format.datePattern());
    return text -> (int) LocalDate.parse(text.trim(), formatter).toEpochDay();
  }

  private static TextValue timestamp(CsvFormat format) {
    if (format.timestampPattern().isEmpty()) {
      return TimestampText::parse;
    }
    DateTimeFormatter formatter = Strptime.formatter(format.timestampPattern());
    return text -> {
      try {
        return TimestampText.parse(text);
      } catch (RuntimeException e) {
        return TimestampData.fromLocalDateTime(
            Strptime.dateTime(formatter.parse(text.trim()), ZoneOffset.UTC));
      }
    };
  }
}
