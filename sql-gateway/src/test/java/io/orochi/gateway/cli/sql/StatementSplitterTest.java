package io.orochi.gateway.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {
  @Test
  void splitsAtSemicolonsAndRemembersLines() {
    assertThat(StatementSplitter.split("SELECT 1;\n\n  SELECT\n2;SELECT 3"))
        .containsExactly(
            new Statement("SELECT 1", 1),
            new Statement("SELECT\n2", 3),
            new Statement("SELECT 3", 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'a;b'",
        "SELECT 'it''s; fine'",
        "SELECT `a;b` FROM t",
        "SELECT \"a;b\"",
        "SELECT 1 -- not; here",
        "SELECT /* not; \n here; */ 1",
        "SELECT /*+ OPTIONS('a'=';') */ 1",
        "SELECT 'a -- b' ; -- done",
        "SELECT '/*', ';' , '*/'",
      })
  void leavesSemicolonsOfQuotesAndCommentsAlone(String text) {
    assertThat(StatementSplitter.split(text)).hasSize(1);
  }

  @Test
  void skipsCommentsBeforeAStatement() {
    assertThat(StatementSplitter.split("-- a;\n/* b; */\nSELECT 1;\n-- the end\n"))
        .containsExactly(new Statement("SELECT 1", 3));
  }

  @Test
  void skipsEmptyStatements() {
    assertThat(StatementSplitter.split(" ;; \n ; /* nothing */ ;")).isEmpty();
  }

  @Test
  void keepsAStatementSetTogether() {
    List<Statement> statements =
        StatementSplitter.split(
            "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT CASE WHEN x THEN 1 END FROM t;"
                + " INSERT INTO b SELECT 2; END; SELECT 1;");
    assertThat(statements).hasSize(2);
    assertThat(statements.get(0).text()).endsWith("SELECT 2; END");
  }

  @Test
  void doesNotTakeSetAndBeginApartForAStatementSet() {
    assertThat(StatementSplitter.split("SET 'a' = 'b'; BEGIN; COMMIT;")).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1;", "", "  \n", "SELECT 1; -- done", "SELECT ';';"})
  void knowsWhenNothingIsMissing(String text) {
    assertThat(StatementSplitter.isComplete(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT ';", "SELECT 1; SELECT", "/* open;", "SELECT `a;"})
  void knowsWhenMoreIsNeeded(String text) {
    assertThat(StatementSplitter.isComplete(text)).isFalse();
  }
}
