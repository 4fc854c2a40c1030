package io.orochi.gateway.plan.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.apache.flink.table.functions.SqlLikeUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexesTest {
  /** Java tries each way to share the letters out among the stars. */
  private static final String RUNAWAY = "a".repeat(200) + "b";

  private static final String WAYS = "a*a*a*a*a*a*a*a*c";

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void aSearchWithoutEndFails() {
    assertThatThrownBy(() -> Regexes.matches(RUNAWAY, WAYS)).hasMessage("a pattern takes too long");
    assertThatThrownBy(() -> Regexes.similar(RUNAWAY, WAYS)).hasMessage("a pattern takes too long");
  }

  @ParameterizedTest
  @CsvSource({"abc, a%", "abc, _b_", "abc, (a|b)+c", "abc, [a-b]*", "'', %", "a%, a\\%"})
  void similarIsFlinks(String text, String pattern) {
    assertThat(Regexes.similar(text, pattern)).isEqualTo(SqlLikeUtils.similar(text, pattern));
  }
}
