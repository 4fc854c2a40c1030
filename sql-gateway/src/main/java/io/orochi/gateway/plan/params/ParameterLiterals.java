package io.orochi.gateway.plan.params;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Java values as nodes of a parse tree. */
final class ParameterLiterals {
  private static final int MICROS = 6;
  private static final int NANOS_PER_MILLI = 1_000_000;

  private ParameterLiterals() {}

  /** NULL that is a text. */
  static SqlNode noText(SqlParserPos at) {
    return cast(SqlLiteral.createNull(at), SqlTypeName.VARCHAR, at);
  }

  static SqlNode of(Object value, SqlParserPos at) {
    if (value == null) {
      return SqlLiteral.createNull(at);
    }
    if (value instanceof Boolean flag) {
      return SqlLiteral.createBoolean(flag, at);
    }
    if (value instanceof CharSequence text) {
      return SqlLiteral.createCharString(text.toString(), at);
    }
    if (value instanceof byte[] bytes) {
      return SqlLiteral.createBinaryString(bytes, at);
    }
    if (value instanceof Number number) {
      return number(number, at);
    }
    return time(value, at);
  }

  private static SqlNode number(Number value, SqlParserPos at) {
    if (value instanceof Integer || value instanceof BigDecimal || value instanceof BigInteger) {
      return exact(new BigDecimal(value.toString()), at);
    }
    if (value instanceof Long) {
      return cast(exact(BigDecimal.valueOf(value.longValue()), at), SqlTypeName.BIGINT, at);
    }
    if (value instanceof Short) {
      return cast(exact(BigDecimal.valueOf(value.longValue()), at), SqlTypeName.SMALLINT, at);
    }
    if (value instanceof Byte) {
      return cast(exact(BigDecimal.valueOf(value.longValue()), at), SqlTypeName.TINYINT, at);
    }
    if (value instanceof Float) {
      return cast(approximate(value.doubleValue(), at), SqlTypeName.FLOAT, at);
    }
    if (value instanceof Double) {
      return approximate(value.doubleValue(), at);
    }
    throw unknown(value);
  }

  private static SqlNode exact(BigDecimal value, SqlParserPos at) {
    SqlLiteral size = SqlLiteral.createExactNumeric(value.abs().toPlainString(), at);
    return value.signum() < 0 ? SqlStdOperatorTable.UNARY_MINUS.createCall(at, size) : size;
  }

  /** What no literal can say (NaN, the infinities, minus zero) is read from its text. */
  private static SqlNode approximate(double value, SqlParserPos at) {
    if (!Double.isFinite(value) || Double.compare(value, -0.0) == 0) {
      SqlNode text = SqlLiteral.createCharString(Double.toString(value), at);
      return cast(text, SqlTypeName.DOUBLE, at);
    }
    SqlLiteral size = SqlLiteral.createApproxNumeric(Double.toString(Math.abs(value)), at);
    return value < 0 ? SqlStdOperatorTable.UNARY_MINUS.createCall(at, size) : size;
  }

  private static SqlNode cast(SqlNode literal, SqlTypeName type, SqlParserPos at) {
    return SqlStdOperatorTable.CAST.createCall(
        at, literal, new SqlDataTypeSpec(new SqlBasicTypeNameSpec(type, at), at));
  }

  private static SqlNode time(Object value, SqlParserPos at) {
    if (value instanceof LocalDate date) {
      return SqlLiteral.createDate(new DateString(date.toString()), at);
    }
    if (value instanceof java.sql.Date date) {
      return of(date.toLocalDate(), at);
    }
    if (value instanceof LocalTime clock) {
      TimeString text = new TimeString(clock.getHour(), clock.getMinute(), clock.getSecond());
      return SqlLiteral.createTime(text.withMillis(clock.getNano() / NANOS_PER_MILLI), 3, at);
    }
    if (value instanceof java.sql.Time clock) {
      return of(clock.toLocalTime(), at);
    }
    if (value instanceof LocalDateTime local) {
      return SqlLiteral.createTimestamp(timestamp(local), MICROS, at);
    }
    if (value instanceof java.sql.Timestamp local) {
      return of(local.toLocalDateTime(), at);
    }
    if (value instanceof OffsetDateTime zoned) {
      return of(zoned.toInstant(), at);
    }
    if (value instanceof ZonedDateTime zoned) {
      return of(zoned.toInstant(), at);
    }
    if (value instanceof Instant instant) {
      return instant(instant, at);
    }
    throw unknown(value);
  }

  private static TimestampString timestamp(LocalDateTime value) {
    TimestampString text =
        new TimestampString(
            value.getYear(),
            value.getMonthValue(),
            value.getDayOfMonth(),
            value.getHour(),
            value.getMinute(),
            value.getSecond());
    return text.withNanos(value.getNano());
  }

  /** Flink SQL writes an instant only by a function of milliseconds. */
  private static SqlNode instant(Instant value, SqlParserPos at) {
    if (value.getNano() % NANOS_PER_MILLI != 0) {
      throw OrochiException.of(
              OrochiErrorCode.SQL_INVALID, "Cannot bind an instant finer than a millisecond")
          .withDetail("The value is " + value + ".")
          .withHint("Bind milliseconds, or a local timestamp, which keeps microseconds.");
    }
    SqlFunction function =
        new SqlUnresolvedFunction(
            new SqlIdentifier("TO_TIMESTAMP_LTZ", at),
            null,
            null,
            null,
            null,
            SqlFunctionCategory.TIMEDATE);
    SqlNode millis =
        cast(exact(BigDecimal.valueOf(value.toEpochMilli()), at), SqlTypeName.BIGINT, at);
    return function.createCall(at, millis, SqlLiteral.createExactNumeric("3", at));
  }

  private static OrochiException unknown(Object value) {
    return OrochiException.of(
            OrochiErrorCode.SQL_INVALID,
            "Cannot bind a value of type " + value.getClass().getSimpleName())
        .withHint("Bind a number, text, bytes, a boolean, a date or a time instead.");
  }
}
