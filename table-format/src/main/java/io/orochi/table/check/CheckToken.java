package io.orochi.table.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A word, name, literal or sign of a condition.
 *
 * @param text without quotes
 * @param start where it begins in the condition
 * @param end behind its last character
 */
record CheckToken(Kind kind, String text, int start, int end) {
  private static final Set<String> TWO_CHARACTER_SIGNS = Set.of("<=", ">=", "<>", "!=", "||");

  /** What it is. */
  enum Kind {
    /** A keyword, column or function. */
    WORD,
    /** A column in backticks. */
    QUOTED,
    NUMBER,
    TEXT,
    SIGN,
    END
  }

  boolean is(String word) {
    return switch (kind) {
      case WORD -> text.equalsIgnoreCase(word);
      case SIGN -> text.equals(word);
      default -> false;
    };
  }

  boolean isName() {
    return kind == Kind.WORD || kind == Kind.QUOTED;
  }

  String upper() {
    return text.toUpperCase(Locale.ROOT);
  }

  /**
   * Cuts a condition; the last token is the END.
   *
   * @throws InvalidCheck at a character that begins no token, or at a quote that is not closed
   */
  static List<CheckToken> of(String condition) {
    List<CheckToken> tokens = new ArrayList<>();
    int at = 0;
    while (at < condition.length()) {
      if (Character.isWhitespace(condition.charAt(at))) {
        at++;
      } else {
        CheckToken token = next(condition, at);
        tokens.add(token);
        at = token.end;
      }
    }
    tokens.add(new CheckToken(Kind.END, "", at, at));
    return tokens;
  }

  private static CheckToken next(String text, int start) {
    char first = text.charAt(start);
    if (first == '\'' || first == '`') {
      return quoted(text, start, first);
    }
    if (Character.isDigit(first)
        || (first == '.'
            && start + 1 < text.length()
            && Character.isDigit(text.charAt(start + 1)))) {
      return number(text, start);
    }
    if (Character.isJavaIdentifierStart(first)) {
      int end = start + 1;
      while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
        end++;
      }
      return new CheckToken(Kind.WORD, text.substring(start, end), start, end);
    }
    int two = Math.min(start + 2, text.length());
    if (two == start + 2 && TWO_CHARACTER_SIGNS.contains(text.substring(start, two))) {
      return new CheckToken(Kind.SIGN, text.substring(start, two), start, two);
    }
    if ("=<>()+-*/%,".indexOf(first) >= 0) {
      return new CheckToken(Kind.SIGN, String.valueOf(first), start, start + 1);
    }
    throw new InvalidCheck("Character '" + first + "' has no meaning here.", start);
  }

  private static CheckToken quoted(String text, int start, char quote) {
    StringBuilder content = new StringBuilder();
    for (int at = start + 1; at < text.length(); at++) {
      char character = text.charAt(at);
      if (character != quote) {
        content.append(character);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
        content.append(quote);
        at++;
      } else {
        Kind kind = quote == '`' ? Kind.QUOTED : Kind.TEXT;
        return new CheckToken(kind, content.toString(), start, at + 1);
      }
    }
    throw new InvalidCheck("A quote is not closed.", start);
  }

  private static CheckToken number(String text, int start) {
    int end = start;
    while (end < text.length() && isPartOfNumber(text, start, end)) {
      end++;
    }
    return new CheckToken(Kind.NUMBER, text.substring(start, end), start, end);
  }

  private static boolean isPartOfNumber(String text, int start, int at) {
    char character = text.charAt(at);
    boolean sign = character == '+' || character == '-';
    return Character.isLetterOrDigit(character)
        || character == '.'
        || (sign && at > start && "eE".indexOf(text.charAt(at - 1)) >= 0);
  }
}
