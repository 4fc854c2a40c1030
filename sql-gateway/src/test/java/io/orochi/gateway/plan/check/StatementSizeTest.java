package io.orochi.gateway.plan.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatementSizeTest {
  private static final String LONG = "x".repeat(StatementSize.LONGEST_WORD + 1);

  @Test
  void aStatementLongerThanTheLimitIsRefused() {
    assertThatThrownBy(() -> StatementSize.check("a ".repeat(StatementSize.LONGEST_STATEMENT)))
        .hasMessageContaining("OROCHI-7014: Cannot take the statement: it is too large")
        .hasMessageContaining("more than 16777216")
        .hasMessageContaining("orochi ingest");
  }

  @Test
  void oneLongTextNameOrCommentIsRefusedClosedOrNot() {
    for (String word :
        new String[] {"'" + LONG + "'", "'" + LONG, "`" + LONG, LONG, "/*" + LONG, "--" + LONG}) {
      assertThatThrownBy(() -> StatementSize.check("SELECT " + word))
          .hasMessageContaining("OROCHI-7014")
          .hasMessageContaining("more than 1048576");
    }
  }

  @Test
  void manyShortOnesMayBeLongTogether() {
    String rows =
        IntStream.range(0, 200_000)
            .mapToObj(i -> "('it''s', " + i + ")")
            .collect(Collectors.joining(",\n"));
    assertThatCode(() -> StatementSize.check("INSERT INTO t VALUES " + rows))
        .doesNotThrowAnyException();
  }

  @Test
  void withQueriesThatDoubleThirtyTimesAreRefused() {
    assertThatThrownBy(() -> StatementChecks.check(doubling(30)))
        .hasMessageContaining("OROCHI-7014: Cannot take the statement: it is too large")
        .hasMessageContaining("more than 2000 queries")
        .hasMessageContaining("in a table");
    assertThatCode(() -> StatementChecks.check(doubling(8))).doesNotThrowAnyException();
  }

  @Test
  void aCubeOfManyColumnsIsRefused() {
    String columns =
        IntStream.range(0, 13).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    assertThatThrownBy(
            () -> StatementChecks.check("SELECT 1 FROM t GROUP BY CUBE (" + columns + ")"))
        .hasMessageContaining("CUBE of 13 columns")
        .hasMessageContaining("GROUPING SETS");
  }

  private static String doubling(int times) {
    String names =
        IntStream.rangeClosed(1, times)
            .mapToObj(
                i ->
                    ", c%d AS (SELECT * FROM c%d UNION ALL SELECT * FROM c%d)"
                        .formatted(i, i - 1, i - 1))
            .collect(Collectors.joining());
    return "WITH c0 AS (SELECT v FROM t)" + names + " SELECT COUNT(*) FROM c" + times;
  }
}
