package io.orochi.gateway.plan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.plan.sql.ExplainRequest.Format;
import io.orochi.gateway.plan.sql.ExplainRequest.Mode;
import io.orochi.table.error.OrochiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainRequestTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "EXPLAIN ANALYZE SELECT 1; ANALYZE; TEXT",
        "explain /* why */ analyze SELECT 1; ANALYZE; TEXT",
        "EXPLAIN (ANALYZE) SELECT 1; ANALYZE; TEXT",
        "EXPLAIN (FORMAT JSON) SELECT 1; PLAN; JSON",
        "EXPLAIN (ANALYZE TRUE, FORMAT JSON) SELECT 1; ANALYZE; JSON",
        "EXPLAIN (FORMAT TEXT, ANALYZE FALSE) SELECT 1; PLAN; TEXT"
      })
  void takesModeAndFormat(String sql, Mode mode, Format format) {
    assertThat(ExplainRequest.of(sql))
        .hasValueSatisfying(
            request -> {
              assertThat(request.mode()).isEqualTo(mode);
              assertThat(request.format()).isEqualTo(format);
              assertThat(request.query().strip()).isEqualTo("SELECT 1");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLAIN SELECT 1",
        "EXPLAIN PLAN FOR SELECT 1",
        "EXPLAIN (SELECT 1)",
        "EXPLAIN JSON_EXECUTION_PLAN SELECT 1",
        "SELECT 'EXPLAIN ANALYZE'",
        "-- EXPLAIN ANALYZE\nSELECT 1"
      })
  void leavesOtherStatementsToFlink(String sql) {
    assertThat(ExplainRequest.of(sql)).isEmpty();
  }

  @Test
  void theQueryKeepsItsPlaceInTheText() {
    ExplainRequest request = ExplainRequest.of("EXPLAIN\n  ANALYZE SELECT x\nFROM t").orElseThrow();
    assertThat(request.query()).isEqualTo("       \n          SELECT x\nFROM t");
  }

  @Test
  void unknownOptionsAreRefused() {
    assertThatThrownBy(() -> ExplainRequest.of("EXPLAIN (ANALYZE, BUFFERS) SELECT 1"))
        .isInstanceOf(OrochiException.class)
        .hasMessageContaining("Unknown option of EXPLAIN: BUFFERS")
        .hasMessageContaining("ANALYZE [TRUE | FALSE] and FORMAT TEXT | JSON");
    assertThatThrownBy(() -> ExplainRequest.of("EXPLAIN (FORMAT YAML) SELECT 1"))
        .hasMessageContaining("Unknown option of EXPLAIN: FORMAT YAML");
    assertThatThrownBy(() -> ExplainRequest.of("EXPLAIN ANALYZE"))
        .hasMessageContaining("EXPLAIN has no query");
  }
}
