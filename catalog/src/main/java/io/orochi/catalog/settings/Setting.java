package io.orochi.catalog.settings;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.util.Map;

/**
 * One session setting, described.
 *
 * @param defaultValue as {@code SET} would take it
 * @param description one sentence
 */
public record Setting(
    String key, SettingType type, SettingRange range, String defaultValue, String description) {

  /** The value set in a session, or the default: a String, Long, Duration or Boolean by type. */
  public Object valueIn(Map<String, String> session) {
    return parse(session.getOrDefault(key, defaultValue));
  }

  /**
   * Reads a value.
   *
   * @throws OrochiException INVALID_SETTING_VALUE naming the range
   */
  Object parse(String text) {
    Object value;
    try {
      value = type.parse(text.strip());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw invalid(text);
    }
    if (!range.contains(value)) {
      throw invalid(text);
    }
    return value;
  }

  /** The range in words, with the type's unit. */
  public String rangeText() {
    return range.describe(type);
  }

  private OrochiException invalid(String text) {
    return OrochiException.of(
            OrochiErrorCode.INVALID_SETTING_VALUE, "Invalid value for " + key + ": '" + text + "'")
        .withDetail("Expected " + rangeText() + ".")
        .withHint("The default is '" + defaultValue + "': RESET '" + key + "'.");
  }
}
