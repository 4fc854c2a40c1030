package io.orochi.gateway.insert;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.insert.ValuesStatement.Item;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesStatementTest {
  @Test
  void rowsColumnsAndParametersAreKnown() {
    ValuesStatement statement =
        parse("insert /* a */ into c.d.`T 1` (`b`, A) values (?, 1), (2, ?) -- end");
    assertThat(statement.table()).containsExactly("c", "d", "T 1");
    assertThat(statement.columns()).containsExactly("b", "A");
    assertThat(statement.parameters()).isEqualTo(2);
    assertThat(statement.rows())
        .containsExactly(
            List.of(new Item.Parameter(0), constant(BigDecimal.ONE)),
            List.of(constant(new BigDecimal(2)), new Item.Parameter(1)));
  }

  @Test
  void constantsOfEveryKindAreTakenAsWritten() {
    assertThat(
            values(
                "1, -1, 1.50, -.5, 'it''s', '', TRUE, false, NULL, DATE '2024-02-29',"
                    + " TIMESTAMP '2024-02-29 23:59:59.123456'"))
        .containsExactly(
            BigDecimal.ONE,
            BigDecimal.ONE.negate(),
            new BigDecimal("1.50"),
            new BigDecimal("-0.5"),
            "it's",
            "",
            true,
            false,
            null,
            LocalDate.of(2024, 2, 29),
            LocalDateTime.of(2024, 2, 29, 23, 59, 59, 123_456_000));
  }

  @Test
  void unicodeTextsAreRead() {
    assertThat(values("U&'\\00e9', 'é'")).containsExactly("é", "é");
  }

  @Test
  void aRowWithoutParenthesesIsARow() {
    assertThat(parse("INSERT INTO t VALUES 1, 2").rows()).hasSize(2);
  }

  @Test
  void columnsThatHaveToBeQuotedAreQuoted() {
    assertThat(parse("INSERT INTO t (ts, value) VALUES (1, 2)").columns())
        .containsExactly("ts", "value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO t VALUES (1 + 1)",
        "INSERT INTO t VALUES (1E3)",
        "INSERT INTO t VALUES (ABS(-1))",
        "INSERT INTO t VALUES (CAST(1 AS INT))",
        "INSERT INTO t VALUES (CAST(? AS INT))",
        "INSERT INTO t VALUES (CURRENT_TIMESTAMP)",
        "INSERT INTO t VALUES (UNKNOWN)",
        "INSERT INTO t VALUES (X'00')",
        "INSERT INTO t VALUES (TIME '10:00:00')",
        "INSERT INTO t VALUES (DATE '2024-02-31')",
        "INSERT INTO t VALUES (TIMESTAMP 'soon')",
        "INSERT INTO t VALUES (INTERVAL '1' DAY)",
        "INSERT INTO t VALUES (ARRAY[1])",
        "INSERT INTO t VALUES ((SELECT 1))",
        "INSERT INTO t VALUES (DEFAULT)",
        "INSERT INTO t VALUES (a)",
        "INSERT INTO t (a.b) VALUES (1)",
        "INSERT INTO t PARTITION (p = 1) VALUES (1)",
        "INSERT INTO t /*+ OPTIONS('a' = 'b') */ VALUES (1)",
        "INSERT INTO t SELECT 1",
        "INSERT INTO t SELECT * FROM (VALUES (1))",
        "INSERT INTO t VALUES (1) UNION ALL VALUES (2)",
        "INSERT INTO t VALUES (1) ORDER BY 1",
        "INSERT OVERWRITE t VALUES (1)",
        "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)",
        "EXPLAIN INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1",
        "VALUES (1)",
        "INSERT INTO t VALUES (",
        "INSERT INTO",
        ""
      })
  void anythingElseIsLeftToThePlanner(String sql) {
    assertThat(ValuesStatement.parse(sql)).isEmpty();
  }

  private static List<Object> values(String list) {
    List<Item> row = parse("INSERT INTO t VALUES (" + list + ")").rows().get(0);
    return Arrays.asList(row.stream().map(item -> ((Item.Constant) item).value()).toArray());
  }

  private static Item constant(Object value) {
    return new Item.Constant(value);
  }

  private static ValuesStatement parse(String sql) {
    return ValuesStatement.parse(sql).orElseThrow();
  }
}
