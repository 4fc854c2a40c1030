package io.orochi.gateway.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
  private static final Configuration NONE = new Configuration();

  private final SessionSettings settings = new SessionSettings();
  private final Configuration session =
      Configuration.fromMap(Map.of("table.local-time-zone", "UTC", "pipeline.name", "p"));

  private Map<String, String> now() {
    return settings.of(session, NONE).all();
  }

  @Test
  void whatDoesNotChangeIsWrittenOnce() {
    assertThat(now()).isSameAs(now()).containsEntry("table.local-time-zone", "UTC");
    assertThat(settings.of(session, NONE).planning())
        .isEqualTo(Map.of("table.local-time-zone", "UTC"));
  }

  @Test
  void aSettingThatChangesIsSeen() {
    now();
    session.setString("table.local-time-zone", "Asia/Tokyo");
    assertThat(now()).containsEntry("table.local-time-zone", "Asia/Tokyo");
    assertThat(settings.of(session, NONE).planning())
        .containsEntry("table.local-time-zone", "Asia/Tokyo");
  }

  @Test
  void aSettingThatComesIsSeen() {
    now();
    session.setString("orochi.execution.engine", "kernel");
    assertThat(now()).containsEntry("orochi.execution.engine", "kernel");
  }

  @Test
  void aSettingThatGoesIsSeen() {
    now();
    session.removeKey("table.local-time-zone");
    assertThat(now()).doesNotContainKey("table.local-time-zone");
  }

  @Test
  void aStatementsOwnSettingsEndWithIt() {
    Configuration own = Configuration.fromMap(Map.of("orochi.execution.engine", "flink"));
    assertThat(settings.of(session, own).all()).containsEntry("orochi.execution.engine", "flink");
    assertThat(now()).doesNotContainKey("orochi.execution.engine");
  }
}
