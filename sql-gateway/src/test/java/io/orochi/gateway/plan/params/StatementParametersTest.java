package io.orochi.gateway.plan.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementParametersTest {
  @Test
  void onlyRealParametersAreCounted() {
    assertThat(StatementParameters.parameterCount("SELECT '?', ? FROM t WHERE a = ? -- ?"))
        .isEqualTo(2);
    assertThat(StatementParameters.parameterCount("SELECT 1")).isZero();
  }

  @Test
  void valuesBecomeLiteralsOfTheirType() {
    String bound =
        StatementParameters.bind(
            "SELECT ?, ?, ?, ?, ?, ?, ?, ?",
            List.of(
                1,
                2L,
                new BigDecimal("-1.50"),
                1.5d,
                true,
                LocalDate.of(2024, 2, 29),
                LocalDateTime.of(2024, 1, 1, 0, 0, 0, 123_456_000),
                new byte[] {10, -1}));

    assertThat(bound)
        .isEqualToIgnoringWhitespace(
            "SELECT 1, CAST(2 AS BIGINT), - 1.50, 1.5E0, TRUE, DATE '2024-02-29',"
                + " TIMESTAMP '2024-01-01 00:00:00.123456', X'0AFF'");
  }

  @Test
  void anInstantIsMillisecondsSince1970() {
    assertThat(
            StatementParameters.bind(
                "SELECT ?", List.of(Instant.parse("2024-01-01T00:00:00.123Z"))))
        .contains("TO_TIMESTAMP_LTZ")
        .contains("CAST(1704067200123 AS BIGINT), 3)");
    assertThatThrownBy(
            () -> StatementParameters.bind("SELECT ?", List.of(Instant.ofEpochSecond(0, 1_000))))
        .hasMessageContaining("Cannot bind an instant finer than a millisecond");
  }

  @Test
  void textCannotLeaveItsQuotes() {
    String bound =
        StatementParameters.bind(
            "SELECT * FROM t WHERE s = ?", List.of("x' OR '1' = '1'; DROP TABLE t --"));

    assertThat(bound)
        .isEqualToIgnoringWhitespace(
            "SELECT * FROM `t` WHERE `s` = 'x'' OR ''1'' = ''1''; DROP TABLE t --'");
  }

  @Test
  void aBoundStatementParsesToTheSameAgain() {
    String insert = "INSERT INTO db.t (a, b) VALUES (?, 'ü'), (3, ?)";

    String bound = StatementParameters.bind(insert, Arrays.asList(7, null));

    assertThat(StatementParameters.parameterCount(bound)).isZero();
    assertThat(bound).contains("7").contains("NULL");
  }

  @Test
  void theNumberOfValuesMustFit() {
    assertThatThrownBy(() -> StatementParameters.bind("SELECT ?, ?", List.of(1)))
        .hasMessageContaining("Cannot bind 1 values to 2 parameters")
        .hasMessageContaining("HINT");
  }

  @Test
  void aBrokenStatementIsASyntaxErrorWithItsPlace() {
    assertThatThrownBy(() -> StatementParameters.bind("SELECT ? FRM t x", List.of(1)))
        .hasMessageContaining("OROCHI-7001: Cannot read the statement: syntax error at line 1");
  }

  @Test
  void approximateNumbersAreLiteralsWhereThereIsOne() {
    assertThat(
            StatementParameters.bind(
                "SELECT ?, ?, ?, ?, ?", List.of(-0.1, 1e300, 0.5f, -0.0, Double.NaN)))
        .isEqualToIgnoringWhitespace(
            "SELECT - 1E-1, 1.0E300, CAST(5E-1 AS FLOAT), CAST('-0.0' AS DOUBLE),"
                + " CAST('NaN' AS DOUBLE)");
  }

  @Test
  void aMergeIsBoundThoughFlinksParserCannotReadIt() {
    String merge =
        "MERGE INTO t USING (VALUES (?, '?')) AS s (k, v) ON t.k = s.k"
            + " WHEN NOT MATCHED BY SOURCE AND t.v = ? THEN DELETE -- ?";

    assertThat(StatementParameters.parameterCount(merge)).isEqualTo(2);
    assertThat(StatementParameters.bind(merge, Arrays.asList(1, "it's")))
        .isEqualToIgnoringWhitespace(
            "MERGE INTO t USING (VALUES (1, '?')) AS s (k, v) ON t.k = s.k"
                + " WHEN NOT MATCHED BY SOURCE AND t.v = 'it''s' THEN DELETE -- ?");
    assertThatThrownBy(() -> StatementParameters.bind(merge, List.of(1)))
        .hasMessageContaining("Cannot bind 1 values to 2 parameters");
  }

  @Test
  void anUpdateAndADeleteAreBoundWhereTheirMarksStand() {
    assertThat(
            StatementParameters.bind(
                "UPDATE t SET v = ?, s = ? /* ? */ WHERE s LIKE ?", Arrays.asList(1.5, "x", null)))
        .isEqualToIgnoringWhitespace(
            "UPDATE t SET v = 1.5E0, s = 'x' /* ? */ WHERE s LIKE CAST(NULL AS VARCHAR)");
    assertThat(StatementParameters.bind("DELETE FROM t WHERE a = ?", List.of(-1)))
        .isEqualToIgnoringWhitespace("DELETE FROM t WHERE a = - 1");
  }
}
