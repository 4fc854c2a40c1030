package io.orochi.gateway.plan.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatementChecksTest {
  @Test
  void aWeekIsRefusedWithTheDaysToWrite() {
    assertThatThrownBy(
            () -> StatementChecks.check("SELECT * FROM t WHERE ts > NOW() - INTERVAL '1' WEEK"))
        .hasMessageContaining("OROCHI-7002: Cannot use an interval of unit WEEK")
        .hasMessageContaining("INTERVAL '7' DAY");
  }

  @Test
  void aQuarterIsRefusedInsideACall() {
    assertThatThrownBy(
            () -> StatementChecks.check("CALL sys.f(relation => 't', x => INTERVAL '2' quarter)"))
        .hasMessageContaining("Cannot use an interval of unit QUARTER")
        .hasMessageContaining("INTERVAL '3' MONTH");
  }

  @Test
  void theWordsMayStandElsewhere() {
    assertThatCode(
            () -> {
              StatementChecks.check("SELECT EXTRACT(WEEK FROM ts), 'INTERVAL 1 WEEK' FROM quarter");
              StatementChecks.check("SELECT INTERVAL '1' DAY /* WEEK */");
              StatementChecks.check("this is not SQL about a week");
            })
        .doesNotThrowAnyException();
  }
}
