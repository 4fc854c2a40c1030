package io.orochi.catalog.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> Settings.validate("orochi.statment-timeout", "1 s"))
        .hasMessage(
            "OROCHI-7006: Unknown setting: orochi.statment-timeout"
                + "\nDETAIL: All settings: SELECT * FROM info.settings."
                + "\nHINT: Did you mean orochi.statement-timeout?");
  }

  @Test
  void aValueOutOfRangeNamesTheRange() {
    assertThatThrownBy(() -> Settings.validate("orochi.execution.engine", "spark"))
        .hasMessageContaining(
            "OROCHI-7007: Invalid value for orochi.execution.engine: 'spark'\n"
                + "DETAIL: Expected one of auto, kernel, flink.");
    assertThatThrownBy(() -> Settings.validate("orochi.statement-timeout", "31 d"))
        .hasMessageContaining("from 0 s to 30 d");
    assertThatThrownBy(() -> Settings.validate("orochi.statement-timeout", "999999999999999 d"))
        .hasMessageContaining("Expected a duration");
    assertThatThrownBy(() -> Settings.validate("orochi.result-row-limit", "-1"))
        .hasMessageContaining("Expected a whole number from 0 to 1000000000000.");
  }

  @Test
  void otherKeysAreNotOurs() {
    assertThatCode(() -> Settings.validate("table.optimizer.join-reorder-enabled", "x"))
        .doesNotThrowAnyException();
  }

  @Test
  void theSessionsZoneIsOneThatJavaKnows() {
    assertThatCode(() -> Settings.validate("table.local-time-zone", "Europe/Berlin"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Settings.validate("table.local-time-zone", "Mars/Base"))
        .hasMessageContaining("Invalid value for table.local-time-zone: 'Mars/Base'");
  }

  @Test
  void valuesAreReadWithTheirDefaults() {
    assertThat(Settings.executionEngine(Map.of())).isEqualTo("auto");
    assertThat(Settings.executionEngine(Map.of("orochi.execution.engine", "Kernel")))
        .isEqualTo("kernel");
    assertThat(Settings.statementTimeout(Map.of("orochi.statement-timeout", "5 min")))
        .isEqualTo(Duration.ofMinutes(5));
    assertThat(Settings.resultRowLimit(Map.of())).isZero();
    assertThat(Settings.resultByteLimit(Map.of("orochi.result-byte-limit", "64_000")))
        .isEqualTo(64_000);
  }
}
