package io.orochi.connectors.file.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.TimestampType;
import org.junit.jupiter.api.Test;

class TextValueTest {
  @Test
  void readsNumbersBooleansAndDates() {
    assertThat(parse(new IntType(), " 42 ")).isEqualTo(42);
    assertThat(parse(new BooleanType(), "T")).isEqualTo(true);
    assertThat(parse(new DecimalType(10, 2), "1.5")).hasToString("1.50");
    assertThat(parse(new DateType(), "2026-01-31"))
        .isEqualTo((int) LocalDate.of(2026, 1, 31).toEpochDay());
  }

  @Test
  void neverRoundsNorWraps() {
    assertThatThrownBy(() -> parse(new IntType(), "3000000000"))
        .isInstanceOf(NumberFormatException.class)
        .hasMessageContaining("3000000000");
    assertThatThrownBy(() -> parse(new DecimalType(4, 1), "1.25"))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("Rounding necessary");
    assertThatThrownBy(() -> parse(new DecimalType(3, 1), "123.4"))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("123.4");
  }

  @Test
  void readsTimesByAPatternTheSnifferFound() {
    CsvFormat format = new CsvFormat(';', '"', true, 0, "%d/%m/%Y %H:%M:%S", "");
    assertThat(TextValue.of(new TimestampType(6), format).parse("31/01/2026 23:59:58"))
        .isEqualTo(TimestampData.fromInstant(Instant.parse("2026-01-31T23:59:58Z")));
  }

  private static Object parse(LogicalType type, String text) {
    return TextValue.of(type, CsvFormat.DEFAULT).parse(text);
  }
}
