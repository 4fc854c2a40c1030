package io.orochi.gateway.plan.check;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;

/**
 * Refuses texts that would hold up the server before anything can stop them. The parser takes time
 * in the square of the length of one word, and a hundred times a statement's length in memory.
 */
public final class StatementSize {
  static final int LONGEST_STATEMENT = 16 << 20;
  static final int LONGEST_WORD = 1 << 20;

  private StatementSize() {}

  /**
   * Returns if the text may be parsed. Takes time in its length.
   *
   * @throws OrochiException STATEMENT_TOO_LARGE
   */
  public static void check(String sql) {
    if (sql.length() > LONGEST_STATEMENT) {
      throw tooLarge("it has " + sql.length() + " characters, more than " + LONGEST_STATEMENT)
          .withHint("Send fewer rows at a time, or load them with orochi ingest.");
    }
    if (sql.length() > LONGEST_WORD) {
      checkWords(sql);
    }
  }

  private static void checkWords(String sql) {
    int start = 0;
    while (start < sql.length()) {
      int end = endOfWord(sql, start);
      if (end - start > LONGEST_WORD) {
        throw tooLarge(
                "a text, name or comment in it has "
                    + (end - start)
                    + " characters, more than "
                    + LONGEST_WORD)
            .withHint("Load long values with orochi ingest.");
      }
      start = end;
    }
  }

  /** Behind the quoted text, comment or run of other characters that begins here. */
  private static int endOfWord(String sql, int start) {
    char first = sql.charAt(start);
    if (first == '\'' || first == '`') {
      return after(sql, sql.indexOf(first, start + 1), 1);
    }
    if (sql.startsWith("/*", start)) {
      return after(sql, sql.indexOf("*/", start + 2), 2);
    }
    if (sql.startsWith("--", start)) {
      return after(sql, sql.indexOf('\n', start), 1);
    }
    int end = start + 1;
    while (end < sql.length() && isPlain(sql.charAt(end)) && isPlain(first)) {
      end++;
    }
    return end;
  }

  private static boolean isPlain(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.';
  }

  private static int after(String sql, int found, int length) {
    return found < 0 ? sql.length() : found + length;
  }

  private static OrochiException tooLarge(String why) {
    return OrochiException.of(
            OrochiErrorCode.STATEMENT_TOO_LARGE, "Cannot take the statement: it is too large")
        .withDetail(Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".");
  }
}
