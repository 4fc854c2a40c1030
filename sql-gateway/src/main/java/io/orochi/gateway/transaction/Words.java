package io.orochi.gateway.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a short statement in upper case; a character that is no part of one is a word. */
public final class Words {
  private static final int MOST = 12;

  private final String sql;
  private int at;

  private Words(String sql) {
    this.sql = sql;
  }

  /** Without comments and the semicolon at the end; only the first {@value #MOST}. */
  static List<String> of(String sql) {
    return of(sql, MOST);
  }

  /** Only the first {@code most}. */
  public static List<String> of(String sql, int most) {
    Words words = new Words(sql);
    List<String> found = new ArrayList<>();
    while (found.size() < most && words.skipToWord()) {
      found.add(words.next());
    }
    while (!found.isEmpty() && found.get(found.size() - 1).equals(";")) {
      found.remove(found.size() - 1);
    }
    return found;
  }

  private boolean skipToWord() {
    while (at < sql.length()) {
      if (Character.isWhitespace(sql.charAt(at))) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = end("\n");
      } else if (sql.startsWith("/*", at)) {
        at = end("*/");
      } else {
        return true;
      }
    }
    return false;
  }

  private int end(String mark) {
    int found = sql.indexOf(mark, at + 2);
    return found < 0 ? sql.length() : found + mark.length();
  }

  private String next() {
    int start = at++;
    if (Character.isJavaIdentifierPart(sql.charAt(start))) {
      while (at < sql.length() && Character.isJavaIdentifierPart(sql.charAt(at))) {
        at++;
      }
    }
    return sql.substring(start, at).toUpperCase(Locale.ROOT);
  }
}
