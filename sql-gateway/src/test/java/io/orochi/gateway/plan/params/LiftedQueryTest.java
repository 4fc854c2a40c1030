package io.orochi.gateway.plan.params;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiftedQueryTest {
  @Test
  void constantsBesideColumnsBecomeParameters() {
    LiftedQuery lifted =
        lifted(
            "SELECT a, 1 FROM t -- a = 5\n"
                + "WHERE a = 5 AND NOT (`b` <> 'it''s' OR 2.5 < t.c)\tAND\td BETWEEN\n"
                + "DATE '2024-02-29' AND date '2024-03-01' LIMIT 3");

    assertThat(lifted.template())
        .isEqualTo(
            "SELECT a, 1 FROM t -- a = 5\n"
                + "WHERE a = ? AND NOT (`b` <> ? OR ? < t.c)\tAND\td BETWEEN\n"
                + "? AND ? LIMIT 3");
    assertThat(lifted.values())
        .containsExactly(
            5L, "it's", new BigDecimal("2.5"), LocalDate.of(2024, 2, 29), LocalDate.of(2024, 3, 1));
  }

  @Test
  void timesBecomeParameters() {
    LiftedQuery lifted =
        lifted(
            "SELECT max(v) FROM t WHERE ts >= TO_TIMESTAMP_LTZ(1451606400000, 3)"
                + " AND since < TIMESTAMP '2024-01-01 00:00:00.5'");

    assertThat(lifted.template()).isEqualTo("SELECT max(v) FROM t WHERE ts >= ? AND since < ?");
    assertThat(lifted.values())
        .containsExactly(
            Instant.parse("2016-01-01T00:00:00Z"),
            LocalDateTime.of(2024, 1, 1, 0, 0, 0, 500_000_000));
  }

  @Test
  void negativeNumbersAndPatternsBecomeParameters() {
    LiftedQuery lifted =
        lifted(
            "SELECT a FROM t WHERE a > -5 AND b BETWEEN -2.50 AND - 1 AND c IN (-1e3,2.5E0)"
                + " AND d LIKE 'x%' AND d NOT LIKE '_y' AND -7<e");

    assertThat(lifted.template())
        .isEqualTo(
            "SELECT a FROM t WHERE a > ? AND b BETWEEN ? AND ? AND c IN (?,?)"
                + " AND d LIKE ? AND d NOT LIKE ? AND ?<e");
    assertThat(lifted.values())
        .containsExactly(-5L, new BigDecimal("-2.50"), -1L, -1000.0, 2.5, "x%", "_y", -7L);
  }

  @Test
  void queriesWithinQueriesAreLookedInto() {
    LiftedQuery lifted =
        lifted(
            "WITH w AS (SELECT * FROM t WHERE a = 1) SELECT * FROM (SELECT * FROM w WHERE b = 2)"
                + " WHERE c IN (SELECT d FROM u WHERE e IN ('x', 'y')) UNION ALL"
                + " SELECT * FROM t WHERE a = 3 ORDER BY 1");

    assertThat(lifted.template())
        .isEqualTo(
            "WITH w AS (SELECT * FROM t WHERE a = ?) SELECT * FROM (SELECT * FROM w WHERE b = ?)"
                + " WHERE c IN (SELECT d FROM u WHERE e IN (?, ?)) UNION ALL"
                + " SELECT * FROM t WHERE a = ? ORDER BY 1");
    assertThat(lifted.values()).isEqualTo(List.of(1L, 2L, "x", "y", 3L));
  }

  @Test
  void everythingElseStays() {
    for (String sql :
        List.of(
            "SELECT 1",
            "SELECT a FROM t WHERE a + 1 = 5",
            "SELECT a FROM t WHERE a = - -5",
            "SELECT a FROM t WHERE a = -(b)",
            "SELECT a FROM t WHERE a = -0e0",
            "SELECT a FROM t WHERE a = -9223372036854775808",
            "SELECT a FROM t WHERE a = 5 + 5",
            "SELECT a FROM t WHERE a = 9223372036854775808",
            "SELECT a FROM t WHERE a = 1.50000000000000000000000000001",
            "SELECT a FROM t WHERE a = ? AND b = 5",
            "SELECT a FROM t WHERE a = NULL",
            "SELECT a FROM t WHERE a = U&'x'",
            "SELECT a FROM t WHERE a IN ('x', b)",
            "SELECT a FROM t WHERE a LIKE 'x!%' ESCAPE '!'",
            "SELECT a FROM t WHERE a SIMILAR TO 'x%'",
            "SELECT a FROM t GROUP BY a HAVING a = 5",
            "SELECT a FROM t WHERE a = TO_TIMESTAMP_LTZ(5, 0)",
            "SELECT a FROM t WHERE a = 5; SELECT 2",
            "INSERT INTO t SELECT a FROM u WHERE a = 5",
            "EXPLAIN SELECT a FROM u WHERE a = 5",
            "SELECT a FROM WHERE a = 5")) {
      assertThat(LiftedQuery.of(sql)).as(sql).isEmpty();
    }
  }

  private static LiftedQuery lifted(String sql) {
    return LiftedQuery.of(sql).orElseThrow();
  }
}
