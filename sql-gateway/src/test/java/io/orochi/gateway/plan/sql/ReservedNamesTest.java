package io.orochi.gateway.plan.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.calcite.sql.parser.SqlParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReservedNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT avg(value) FROM t | SELECT avg(`value`) FROM t",
        "SELECT value FROM t WHERE value > 1 | SELECT `value` FROM t WHERE `value` > 1",
        "SELECT sum(value + 1) FROM t | SELECT sum(`value` + 1) FROM t",
        "SELECT a, t.value AS v FROM t | SELECT a, t.`value` AS v FROM t",
        "SELECT count(*) AS value FROM t | SELECT count(*) AS `value` FROM t",
        "CREATE TABLE t (ts INT, value DOUBLE) | CREATE TABLE t (ts INT, `value` DOUBLE)",
        "INSERT INTO t (value) SELECT 1 | INSERT INTO t (`value`) SELECT 1",
        "SELECT sum(value + 1) OVER (ORDER BY value) FROM t"
            + " | SELECT sum(`value` + 1) OVER (ORDER BY `value`) FROM t",
      })
  void aColumnMayBeCalledValue(String typed, String taken) {
    assertThat(Parsing.quoteNames(typed)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT last(v, ts), First (v, ts) FROM t | SELECT `last`(v, ts), `First` (v, ts) FROM t",
        "SELECT value, last(value, ts) FROM t | SELECT `value`, `last`(`value`, ts) FROM t",
        "SELECT a FROM t ORDER BY a NULLS FIRST | SELECT a FROM t ORDER BY a NULLS FIRST",
        "SELECT first, last FROM t -- last(v, ts) | SELECT first, last FROM t -- last(v, ts)",
        "SELECT * FROM t MATCH_RECOGNIZE (MEASURES (LAST(A.v)) AS v), (SELECT last(v, ts) FROM t)"
            + " | SELECT * FROM t MATCH_RECOGNIZE (MEASURES (LAST(A.v)) AS v),"
            + " (SELECT `last`(v, ts) FROM t)",
      })
  void firstAndLastAreFunctionsButInPatterns(String typed, String taken) {
    assertThat(Parsing.quoteNames(typed)).isEqualTo(taken);
  }

  /** Flink's lexer takes such a name as a whole for a collation's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM metrics.cpu$snapshots s | SELECT * FROM `metrics`.`cpu$snapshots` s",
        "SELECT * FROM orochi.metrics.cpu$files | SELECT * FROM `orochi`.`metrics`.`cpu$files`",
        "SELECT * FROM cpu$files | SELECT * FROM cpu$files",
        "SELECT * FROM metrics.`cpu$files` | SELECT * FROM metrics.`cpu$files`",
        "SELECT 'metrics.cpu$files' | SELECT 'metrics.cpu$files'",
        "SELECT a COLLATE latin1$en$1 | SELECT a COLLATE latin1$en$1",
        "SELECT t.a-b$c FROM t | SELECT t.a-b$c FROM t",
      })
  void aTablesOwnTableMayBeNamedWithItsDatabase(String typed, String taken) {
    assertThat(Parsing.quoteNames(typed)).isEqualTo(taken);
  }

  @Test
  void aNameOnALaterLineIsFound() {
    assertThat(Parsing.quoteNames("SELECT a\r\n,Value\rFROM t"))
        .isEqualTo("SELECT a\r\n,`Value`\rFROM t");
    assertThat(Parsing.quoteNames("SELECT a,\n\tvalue\nFROM t"))
        .isEqualTo("SELECT a,\n\t`value`\nFROM t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 'value' FROM t",
        "SELECT `value`, values_of FROM t /* value */ -- value",
        "INSERT INTO t VALUES (1)",
        "SELECT JSON_OBJECT(KEY 'a' VALUE 1)",
        "SELECT EXTRACT(DAY FROM ts) FROM t",
        "SELECT INTERVAL '1' DAY",
      })
  void otherUsesOfTheWordAreNotTouched(String sql) {
    assertThat(Parsing.quoteNames(sql)).isEqualTo(sql);
  }

  @Test
  void whatIsNotSqlKeepsItsOwnError() {
    assertThatThrownBy(() -> Parsing.parse("SELECT FROM t"))
        .isInstanceOf(SqlParseException.class)
        .hasMessageContaining("FROM");
  }
}
