package io.orochi.sketches.hll;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.datasketches.hll.Union;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.inference.ArgumentTypeStrategy;
import org.apache.flink.table.types.inference.CallContext;
import org.apache.flink.table.types.inference.Signature;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.utils.DataTypeUtils;

/**
 * How a SQL value is counted. Equal values of one type count once, whatever their width: whole
 * numbers as 64 bits, FLOAT as DOUBLE, text as UTF-8, decimals without trailing zeros, dates as
 * days, times as milliseconds, timestamps as microseconds (nanoseconds beside them if there are
 * any). All NaN count as one value, -0.0 as 0.0.
 */
final class HllValue implements ArgumentTypeStrategy {
  static final HllValue ARGUMENT = new HllValue();

  /** DataSketches skips empty input, but in SQL the empty text is a value. */
  private static final byte[] EMPTY = "orochi.sketches.empty".getBytes(StandardCharsets.US_ASCII);

  private static final Set<LogicalTypeRoot> COUNTABLE =
      Set.of(
          LogicalTypeRoot.BOOLEAN,
          LogicalTypeRoot.TINYINT,
          LogicalTypeRoot.SMALLINT,
          LogicalTypeRoot.INTEGER,
          LogicalTypeRoot.BIGINT,
          LogicalTypeRoot.FLOAT,
          LogicalTypeRoot.DOUBLE,
          LogicalTypeRoot.DECIMAL,
          LogicalTypeRoot.CHAR,
          LogicalTypeRoot.VARCHAR,
          LogicalTypeRoot.BINARY,
          LogicalTypeRoot.VARBINARY,
          LogicalTypeRoot.DATE,
          LogicalTypeRoot.TIME_WITHOUT_TIME_ZONE,
          LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE,
          LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

  private HllValue() {}

  @Override
  public Optional<DataType> inferArgumentType(
      CallContext call, int position, boolean throwOnFailure) {
    DataType given = call.getArgumentDataTypes().get(position);
    if (COUNTABLE.contains(given.getLogicalType().getTypeRoot())) {
      return Optional.of(DataTypeUtils.toInternalDataType(given));
    }
    return throwOnFailure
        ? call.fail(true, "Values of type %s cannot be counted.", given.getLogicalType())
        : Optional.empty();
  }

  @Override
  public Signature.Argument getExpectedArgument(FunctionDefinition function, int position) {
    return Signature.Argument.of("x", "a value of a simple type");
  }

  static void update(Union union, Object value) {
    if (value instanceof StringData text) {
      updateBytes(union, text.toBytes());
    } else if (value instanceof Double || value instanceof Float) {
      union.update(((Number) value).doubleValue());
    } else if (value instanceof Number number) {
      union.update(number.longValue());
    } else if (value instanceof TimestampData time) {
      updateTime(union, time);
    } else if (value instanceof DecimalData decimal) {
      union.update(plain(decimal.toBigDecimal()));
    } else if (value instanceof Boolean flag) {
      union.update(flag ? 1L : 0L);
    } else if (value instanceof byte[] bytes) {
      updateBytes(union, bytes);
    } else {
      throw new IllegalArgumentException("Cannot count a " + value.getClass().getName());
    }
  }

  private static void updateTime(Union union, TimestampData time) {
    int nanos = time.getNanoOfMillisecond();
    if (nanos % 1_000 == 0) {
      union.update(time.getMillisecond() * 1_000 + nanos / 1_000);
    } else {
      union.update(new long[] {time.getMillisecond(), nanos});
    }
  }

  private static void updateBytes(Union union, byte[] bytes) {
    union.update(bytes.length == 0 ? EMPTY : bytes);
  }

  private static String plain(BigDecimal decimal) {
    return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
  }
}
