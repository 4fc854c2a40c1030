package io.orochi.catalog.flink.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallStatementTest {
  @Test
  void intervalsBecomeText() {
    assertThat(rewritten("call sys.p('t', INTERVAL '1' DAY, b => interval '30' second(3))"))
        .isEqualTo("call sys.p('t', '1 DAY', b => '30 second')");
  }

  @Test
  void textAndOtherStatementsStay() {
    unchanged("SELECT INTERVAL '1' DAY");
    unchanged("CALL sys.p('it''s INTERVAL ''1'' DAY')");
    unchanged("CALL sys.p(INTERVAL '1 02' DAY TO HOUR)");
    unchanged("CALL sys.p(INTERVAL '1' DAY TO HOUR)");
    unchanged("CALL sys.p(INTERVAL '1' WEEK)");
  }

  private static void unchanged(String statement) {
    assertThat(rewritten(statement)).isEqualTo(statement);
  }

  private static String rewritten(String statement) {
    return CallStatement.intervalsAsText(statement);
  }
}
