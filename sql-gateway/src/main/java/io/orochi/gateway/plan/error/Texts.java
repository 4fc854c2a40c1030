package io.orochi.gateway.plan.error;

import java.util.Optional;

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

  /** The second line; empty if there is none. */
  static Optional<String> secondSentence(String message) {
    return Optional.ofNullable(message)
        .flatMap(text -> text.strip().lines().skip(1).filter(line -> !line.isBlank()).findFirst())
        .map(Texts::firstSentence);
  }

  /** The text between the two quotes behind a word; empty if there is none. */
  static String quotedAfter(String message, String word) {
    int at = message.indexOf(word);
    return at < 0 ? "" : quoted(message.substring(at));
  }

  /** The text between the first two quotes; empty if there is none. */
  static String quoted(String message) {
    int open = message.indexOf('\'');
    int close = message.indexOf('\'', open + 1);
    return open < 0 || close < 0 ? "" : message.substring(open + 1, close);
  }
}
