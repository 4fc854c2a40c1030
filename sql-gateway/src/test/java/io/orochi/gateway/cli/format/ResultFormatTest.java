package io.orochi.gateway.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultFormatTest {
  private static final List<Column> HOST_AND_VALUE =
      List.of(new Column("host", false), new Column("value", true));

  @Test
  void csvHasAHeaderAndTellsNullFromEmptyText() {
    assertThat(print(OutputFormat.csv, HOST_AND_VALUE, row("a", 1.5), row("", null), row(null, 2)))
        .isEqualTo("host,value\na,1.5\n\"\",\n,2\n");
  }

  @Test
  void csvQuotesWhatWouldBreakALine() {
    assertThat(print(OutputFormat.csv, HOST_AND_VALUE, row("a,b", 1), row("say \"hi\"\n", 2)))
        .isEqualTo("host,value\n\"a,b\",1\n\"say \"\"hi\"\"\n\",2\n");
  }

  @Test
  void timestampsAreIsoWithABlankForTheT() {
    LocalDateTime noon = LocalDateTime.of(2026, 3, 1, 12, 0);
    assertThat(ValueText.of(noon)).isEqualTo("2026-03-01 12:00:00");
    assertThat(ValueText.of(noon.plusNanos(1_500_000))).isEqualTo("2026-03-01 12:00:00.0015");
    assertThat(ValueText.of(OffsetDateTime.of(noon, ZoneOffset.UTC)))
        .isEqualTo("2026-03-01 12:00:00Z");
    assertThat(ValueText.of(OffsetDateTime.of(noon, ZoneOffset.ofHours(1))))
        .isEqualTo("2026-03-01 12:00:00+01:00");
    assertThat(ValueText.of(LocalDate.of(2026, 3, 1))).isEqualTo("2026-03-01");
    assertThat(ValueText.of(LocalTime.of(12, 0))).isEqualTo("12:00:00");
  }

  @Test
  void decimalsHaveNoExponentAndNestedNullsAreNamed() {
    assertThat(ValueText.of(new BigDecimal("1E+3"))).isEqualTo("1000");
    assertThat(ValueText.of(Arrays.asList(1, null))).isEqualTo("[1, NULL]");
    assertThat(ValueText.of(Map.of("a", 1L))).isEqualTo("{a=1}");
    assertThat(ValueText.of(new byte[] {1, (byte) 0xAB})).isEqualTo("x'01ab'");
  }

  @Test
  void jsonIsOneObjectPerRow() {
    assertThat(
            print(
                OutputFormat.json,
                HOST_AND_VALUE,
                row("a\"b", 1.5),
                row(null, Double.NaN),
                row(LocalDateTime.of(2026, 3, 1, 12, 0), List.of(1, 2))))
        .isEqualTo(
            """
            {"host":"a\\"b","value":1.5}
            {"host":null,"value":"NaN"}
            {"host":"2026-03-01 12:00:00","value":[1,2]}
            """);
  }

  @Test
  void tablesAlignNumbersRightAndCountRows() {
    assertThat(print(OutputFormat.table, HOST_AND_VALUE, row("press-1", 1), row("b", null)))
        .isEqualTo(
            """
              host   | value
            ---------+-------
             press-1 |     1
             b       |  NULL
            (2 rows)
            """);
  }

  @Test
  void tablesMeasureWideAndCombiningCharacters() {
    assertThat(TableFormat.width("大蛇")).isEqualTo(4);
    assertThat(TableFormat.width("e\u0301")).isEqualTo(1);
    assertThat(print(OutputFormat.table, HOST_AND_VALUE, row("大蛇", 1), row("abcd", 2)))
        .isEqualTo(
            """
             host | value
            ------+-------
             大蛇 |     1
             abcd |     2
            (2 rows)
            """);
  }

  @Test
  void tablesKeepEveryRowOnOneLine() {
    assertThat(print(OutputFormat.table, HOST_AND_VALUE, row("a\nb\u0007", 1)))
        .contains("a\\nb\\u0007 |");
  }

  @Test
  void aSingleColumnOfTextKeepsItsLines() {
    assertThat(print(OutputFormat.table, List.of(new Column("plan", false)), row("a\n  b\tc\n")))
        .isEqualTo(
            """
              plan
            --------
             a
               b\\tc
            (1 row)
            """);
  }

  @Test
  void anEmptyTableStillHasItsHeader() {
    assertThat(print(OutputFormat.table, HOST_AND_VALUE))
        .isEqualTo(" host | value\n------+-------\n(0 rows)\n");
  }

  @Test
  void aLargeTableIsPrintedBeforeItsEnd() {
    StringWriter text = new StringWriter();
    ResultFormat format = OutputFormat.table.to(new PrintWriter(text));
    format.begin(HOST_AND_VALUE);
    for (int i = 0; i < 500; i++) {
      format.row(row("a", i));
    }
    assertThat(text.toString().lines()).hasSize(502);
  }

  @Test
  void onlyTablesTellThatAStatementWithoutResultIsDone() {
    StringWriter text = new StringWriter();
    OutputFormat.table.to(new PrintWriter(text)).done(-1);
    OutputFormat.table.to(new PrintWriter(text)).done(2);
    OutputFormat.csv.to(new PrintWriter(text)).done(2);
    OutputFormat.json.to(new PrintWriter(text)).done(2);
    assertThat(text.toString()).isEqualTo("OK\nOK, 2 rows\n");
  }

  private static Object[] row(Object... values) {
    return values;
  }

  private static String print(OutputFormat output, List<Column> columns, Object[]... rows) {
    StringWriter text = new StringWriter();
    ResultFormat format = output.to(new PrintWriter(text));
    format.begin(columns);
    for (Object[] row : rows) {
      format.row(row);
    }
    format.end();
    return text.toString();
  }
}
