package io.orochi.gateway.plan;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Locale;

/** The values of the setting {@code orochi.execution.engine}. */
public enum EngineChoice {
  /** The kernel if it can express the query and the bytes fit its pool, else Flink. */
  AUTO,
  /** The kernel or an error. */
  KERNEL,
  /** Always Flink. */
  FLINK;

  /**
   * Reads a setting's text in any case.
   *
   * @throws OrochiException INVALID_SETTING_VALUE
   */
  public static EngineChoice parse(String text) {
    for (EngineChoice choice : values()) {
      if (choice.name().equalsIgnoreCase(text.strip())) {
        return choice;
      }
    }
    throw OrochiException.of(
            OrochiErrorCode.INVALID_SETTING_VALUE,
            "Invalid value of orochi.execution.engine: " + text)
        .withHint("Use auto, kernel or flink.");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
