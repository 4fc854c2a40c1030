package io.orochi.table.layout;

/**
 * One option of a table.
 *
 * @param range what values are allowed, in words
 * @param defaultValue the value when the option is absent; empty if there is none
 */
public record TableOption(
    String key, Type type, String range, String defaultValue, String description) {

  /** What the text of a value must be. */
  public enum Type {
    BOOLEAN,
    COLUMN,
    COLUMN_LIST,
    CHUNK_INTERVAL,
    DURATION,
    INTEGER,
    DISTRIBUTION
  }
}
