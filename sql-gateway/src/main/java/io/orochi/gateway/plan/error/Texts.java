package io.orochi.gateway.plan.error;

/** Messages of others, made fit to show. */
final class Texts {
  private static final int LONGEST = 300;
  private static final String VALIDATION = "SQL validation failed. ";

  private Texts() {}

  /** The first line without Flink's prefix. */
  static String firstSentence(String message) {
    if (message == null || message.isBlank()) {
      return "no reason given";
    }
    String text = message.strip();
    if (text.startsWith(VALIDATION)) {
      text = text.substring(VALIDATION.length());
    }
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  /** The text between the first two quotes; empty if there is none. */
  static String quoted(String message) {
    int open = message.indexOf('\'');
    int close = message.indexOf('\'', open + 1);
    return open < 0 || close < 0 ? "" : message.substring(open + 1, close);
  }
}
