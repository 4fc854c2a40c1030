package io.orochi.gateway.plan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.runtime.CalciteContextException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupKeysTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a, count(*) FROM t GROUP BY 1 | SELECT a, count(*) FROM t GROUP BY `a`",
        "SELECT f('1 d', ts) AS b, x.a, sum(c) FROM t x GROUP BY 2, 1"
            + " | SELECT f('1 d', ts) AS b, x.a, sum(c) FROM t x GROUP BY `x`.`a`, `f`('1 d', `ts`)",
        "SELECT a, b, count(*) FROM t GROUP BY ROLLUP (1, 2)"
            + " | SELECT a, b, count(*) FROM t GROUP BY ROLLUP (`a`, `b`)",
        "SELECT a, b, count(*) FROM t GROUP BY GROUPING SETS ((1, 2), (1), ())"
            + " | SELECT a, b, count(*) FROM t GROUP BY GROUPING SETS ((`a`, `b`), (`a`), ())",
        "SELECT (SELECT max(b) FROM u GROUP BY 1), a FROM t GROUP BY 2"
            + " | SELECT (SELECT max(b) FROM u GROUP BY MAX(`b`)), a FROM t GROUP BY `a`",
        "CREATE VIEW v AS SELECT a FROM t GROUP BY 1"
            + " | CREATE VIEW v AS SELECT a FROM t GROUP BY `a`",
      })
  void aNumberIsAPlaceInTheSelectList(String typed, String taken) {
    assertThat(GroupKeys.withoutPositions(typed)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT a FROM t GROUP BY 0",
        "SELECT a FROM t GROUP BY 2",
        "SELECT * FROM t GROUP BY 1",
        "SELECT a FROM t GROUP BY 'a'",
        "SELECT a FROM t GROUP BY 1.5",
        "SELECT f(?, a) FROM t GROUP BY 1",
        "SELECT a FROM t ORDER BY 1",
        "no SQL GROUP BY 1",
      })
  void anythingElseStays(String sql) {
    assertThat(GroupKeys.withoutPositions(sql)).isEqualTo(sql);
  }

  @Test
  void aNameIsTakenFromTheSelectListOnlyWhereTheValidatorFailsAtIt() {
    List<String> tried = new ArrayList<>();
    String found =
        GroupKeys.resolving(
            "SELECT a + 1 AS x,\n b * 2 AS y FROM t\nGROUP BY x,\n y",
            sql -> {
              tried.add(sql);
              return refuse(sql, "x,", 3, 10, refuse(sql, " y", 4, 2, sql));
            });

    assertThat(found)
        .isEqualTo("SELECT a + 1 AS x,\n b * 2 AS y FROM t\nGROUP BY `a` + 1,\n `b` * 2");
    assertThat(tried).hasSize(3);
  }

  @Test
  void aFailureOfAnythingElseIsPassedOn() {
    assertThatThrownBy(
            () ->
                GroupKeys.resolving(
                    "SELECT a AS x, b AS x FROM t GROUP BY x",
                    sql -> refuse(sql, "GROUP BY x", 1, 39, sql)))
        .isInstanceOf(CalciteContextException.class)
        .hasMessageContaining("no such column");
    assertThatThrownBy(
            () ->
                GroupKeys.resolving(
                    "SELECT a AS x FROM t GROUP BY x",
                    sql -> {
                      throw new IllegalStateException("other");
                    }))
        .hasMessage("other");
  }

  /** As a validator that does not know the name at the end of the text or before a comma. */
  private static String refuse(String sql, String name, int line, int column, String otherwise) {
    String keys = sql.substring(sql.indexOf("GROUP BY"));
    if (keys.endsWith(name) || name.endsWith(",") && keys.contains(" " + name)) {
      throw new CalciteContextException(
          "no such column", new IllegalArgumentException(name), line, column, line, column);
    }
    return otherwise;
  }
}
