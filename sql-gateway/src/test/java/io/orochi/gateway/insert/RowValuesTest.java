package io.orochi.gateway.insert;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.FloatType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.SmallIntType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.TinyIntType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

class RowValuesTest {
  private static final LogicalType TEXT = new VarCharType(VarCharType.MAX_LENGTH);

  @Test
  void nullIsNullOfEveryType() {
    for (LogicalType type : new LogicalType[] {new IntType(), TEXT, new VarBinaryType(9)}) {
      assertThat(RowValues.of(null, type)).isNull();
    }
  }

  @Test
  void wholeNumbersTakeTheColumnsClassUpToItsLimits() {
    assertThat(of("127", new TinyIntType())).isEqualTo((byte) 127);
    assertThat(of("-32768", new SmallIntType())).isEqualTo((short) -32_768);
    assertThat(RowValues.of(5L, new IntType())).isEqualTo(5);
    assertThat(RowValues.of((short) 5, new BigIntType())).isEqualTo(5L);
    assertThat(of("9223372036854775807", new BigIntType())).isEqualTo(Long.MAX_VALUE);
    unclear(new BigDecimal("128"), new TinyIntType());
    unclear(new BigDecimal("-32769"), new SmallIntType());
    unclear(1L << 31, new IntType());
    unclear(new BigDecimal("9223372036854775808"), new BigIntType());
  }

  @Test
  void whatWouldBeRoundedIsUnclear() {
    unclear(new BigDecimal("1.5"), new IntType());
    unclear(new BigDecimal("1.0"), new IntType());
    unclear(new BigDecimal("1.25"), new DecimalType(4, 1));
    unclear(1.0, new FloatType());
    unclear(1.0, new DecimalType(4, 1));
    unclear(new BigDecimal("0.1234567890123456"), new DoubleType());
    unclear(new BigDecimal("0.5"), new FloatType());
    unclear(new BigDecimal("16777217"), new FloatType());
  }

  @Test
  void decimalsTakeTheColumnsScaleIfTheyFit() {
    DecimalType type = new DecimalType(4, 2);
    assertThat(of("1.5", type)).isEqualTo(decimal("1.50", 4, 2));
    assertThat(RowValues.of(12, type)).isEqualTo(decimal("12.00", 4, 2));
    assertThat(of("-99.99", type)).isEqualTo(decimal("-99.99", 4, 2));
    unclear(new BigDecimal("100"), type);
  }

  @Test
  void approximateNumbersKeepEveryBit() {
    assertThat(RowValues.of(-0.0, new DoubleType())).isEqualTo(-0.0);
    assertThat(RowValues.of(Double.NaN, new DoubleType())).isEqualTo(Double.NaN);
    assertThat(RowValues.of(0.1f, new DoubleType())).isEqualTo((double) 0.1f);
    assertThat(RowValues.of(0.1f, new FloatType())).isEqualTo(0.1f);
    assertThat(RowValues.of(3, new DoubleType())).isEqualTo(3.0);
    assertThat(of("1.25", new DoubleType())).isEqualTo(1.25);
    assertThat(of("125", new FloatType())).isEqualTo(125f);
  }

  @Test
  void aTextIsNeitherCutNorRead() {
    assertThat(RowValues.of("é\u0000x", TEXT)).isEqualTo(StringData.fromString("é\u0000x"));
    assertThat(RowValues.of("", TEXT)).isEqualTo(StringData.fromString(""));
    assertThat(RowValues.of("𝄞𝄞", new VarCharType(2))).isEqualTo(StringData.fromString("𝄞𝄞"));
    unclear("abc", new VarCharType(2));
    unclear("5", new IntType());
    unclear("true", new BooleanType());
    unclear("2024-01-01", new DateType());
    unclear(5, TEXT);
  }

  @Test
  void timesKeepEveryDigitOrAreUnclear() {
    LocalDateTime micros = LocalDateTime.parse("2024-02-29T23:59:59.123456");
    assertThat(RowValues.of(micros, new TimestampType(6)))
        .isEqualTo(TimestampData.fromLocalDateTime(micros));
    unclear(micros, new TimestampType(3));
    unclear(micros.plusNanos(1), new TimestampType(6));
    Instant instant = Instant.parse("1969-12-31T23:59:59.999999Z");
    assertThat(RowValues.of(instant, new LocalZonedTimestampType(6)))
        .isEqualTo(TimestampData.fromInstant(instant));
    assertThat(RowValues.of(LocalDate.of(1969, 12, 31), new DateType())).isEqualTo(-1);
  }

  @Test
  void whatSqlCannotWriteIsUnclear() {
    unclear(LocalDate.of(10_000, 1, 1), new DateType());
    unclear(LocalDate.of(0, 1, 1), new DateType());
    unclear(LocalDateTime.of(10_000, 1, 1, 0, 0), new TimestampType(6));
    unclear(Instant.parse("+10000-01-01T00:00:00Z"), new LocalZonedTimestampType(6));
  }

  @Test
  void aTimeOfAnotherKindWouldNeedAZoneAndIsUnclear() {
    LocalDateTime local = LocalDateTime.of(2024, 1, 1, 0, 0);
    unclear(local, new LocalZonedTimestampType(6));
    unclear(Instant.EPOCH, new TimestampType(6));
    unclear(local.toLocalDate(), new TimestampType(6));
    unclear(local, new DateType());
  }

  @Test
  void theRestIsLeftToThePlanner() {
    unclear(new byte[1], new VarBinaryType(9));
    unclear(LocalTime.NOON, new TimeType());
    unclear(1, new BooleanType());
    assertThat(RowValues.of(true, new BooleanType())).isEqualTo(true);
  }

  private static Object of(String number, LogicalType type) {
    return RowValues.of(new BigDecimal(number), type);
  }

  private static DecimalData decimal(String number, int precision, int scale) {
    return DecimalData.fromBigDecimal(new BigDecimal(number), precision, scale);
  }

  private static void unclear(Object value, LogicalType type) {
    assertThat(RowValues.of(value, type)).as("%s as %s", value, type).isSameAs(RowValues.UNCLEAR);
  }
}
