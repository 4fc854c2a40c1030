package io.orochi.gateway.config;

/**
 * One key of the server's configuration file, as data: what the sample file and the reference page
 * are generated from.
 *
 * @param range what is accepted, in words
 * @param defaultValue as it would be written in the file; words in brackets if it is computed
 */
public record ServerOption(
    String key, Type type, String range, String defaultValue, String description) {

  /** How a value is written. */
  public enum Type {
    TEXT,
    /** Never shown or logged. */
    SECRET,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    PATH,
    /** A port number; {@code 0} or {@code auto} takes a free one. */
    PORT,
    /** A number with a unit: {@code 512 mb}, {@code 4 gb}. */
    MEMORY,
    INTEGER,
    /** A number with a unit: {@code 30 s}, {@code 10 min}. */
    DURATION
  }
}
