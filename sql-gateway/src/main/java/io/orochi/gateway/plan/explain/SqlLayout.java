package io.orochi.gateway.plan.explain;

/** Indents SQL whose clauses begin on lines of their own; texts and names stay as they are. */
final class SqlLayout {
  private SqlLayout() {}

  /** Two spaces per open parenthesis. */
  static String indented(String sql) {
    StringBuilder text = new StringBuilder(sql.length() + sql.length() / 4);
    int open = 0;
    char quote = 0;
    for (int i = 0; i < sql.length(); i++) {
      char letter = sql.charAt(i);
      text.append(letter);
      if (quote != 0) {
        quote = letter == quote ? 0 : quote;
      } else if (letter == '\'' || letter == '"') {
        quote = letter;
      } else if (letter == '(') {
        open++;
      } else if (letter == ')') {
        open--;
      } else if (letter == '\n') {
        text.append("  ".repeat(open));
      }
    }
    return text.toString();
  }
}
