package io.orochi.table.layout;

import java.util.Objects;

/**
 * One option of a table.
 *
 * @param defaultValue the value when the option is absent; empty if there is none
 */
public record TableOption(String key, OptionType type, String defaultValue, String description) {
  public TableOption {
    Objects.requireNonNull(key);
    Objects.requireNonNull(type);
    Objects.requireNonNull(defaultValue);
    Objects.requireNonNull(description);
  }

  /** What values are allowed, in words. */
  public String range() {
    return type.range();
  }
}
