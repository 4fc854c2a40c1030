package io.orochi.gateway.cli.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Follows the words of one statement to know whether its semicolons separate the statements of a
 * {@code STATEMENT SET BEGIN … END}.
 */
final class WordTrail {
  private static final List<String> OPENING = List.of("STATEMENT", "SET", "BEGIN");

  private final Deque<String> lastWords = new ArrayDeque<>();
  private boolean inside;

  void add(String word) {
    String upper = word.toUpperCase(Locale.ROOT);
    if (inside && upper.equals("END") && ";".equals(lastWords.peekLast())) {
      inside = false;
    }
    lastWords.addLast(upper);
    if (lastWords.size() > OPENING.size()) {
      lastWords.removeFirst();
    }
    if (List.copyOf(lastWords).equals(OPENING)) {
      inside = true;
    }
  }

  boolean insideStatementSet() {
    return inside;
  }

  void clear() {
    lastWords.clear();
    inside = false;
  }
}
