package io.orochi.gateway.cli.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into statements at semicolons, as Flink's lexer would: not inside {@code 'text'},
 * {@code "text"} and {@code `names`} (a doubled quote stands for itself), not inside {@code --} and
 * {@code /* *}{@code /} comments, and not inside {@code STATEMENT SET BEGIN … END}.
 *
 * <p>A scanner rather than Flink's parser: the shell must split text that the parser refuses, and
 * ask for more when a quote is open.
 */
public final class StatementSplitter {
  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private final WordTrail words = new WordTrail();
  private int position;
  private int line = 1;
  private int start = -1;
  private int startLine;
  private boolean open;

  private StatementSplitter(String text) {
    this.text = text;
  }

  /** All statements, the last one also without a semicolon. Comments alone are no statement. */
  public static List<Statement> split(String text) {
    StatementSplitter splitter = new StatementSplitter(text);
    splitter.scan();
    splitter.endStatement(text.length());
    return List.copyOf(splitter.statements);
  }

  /** False while a statement lacks its semicolon, or a quote or comment is open. */
  public static boolean isComplete(String text) {
    StatementSplitter splitter = new StatementSplitter(text);
    splitter.scan();
    return splitter.start < 0 && !splitter.open;
  }

  private void scan() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == '-' && next() == '-') {
        skipLineComment();
      } else if (c == '/' && next() == '*') {
        if (next(2) == '+') {
          begin();
        }
        skipBlockComment();
      } else if (c == '\'' || c == '"' || c == '`') {
        begin();
        words.add("'");
        skipQuoted(c);
      } else if (c == ';' && !words.insideStatementSet()) {
        endStatement(position);
        position++;
      } else if (Character.isLetter(c)) {
        begin();
        scanWord();
      } else {
        scanOther(c);
      }
    }
  }

  private void scanOther(char c) {
    if (c == '\n') {
      line++;
    } else if (!Character.isWhitespace(c)) {
      begin();
      words.add(String.valueOf(c));
    }
    position++;
  }

  private void scanWord() {
    int from = position;
    while (position < text.length() && Character.isJavaIdentifierPart(text.charAt(position))) {
      position++;
    }
    words.add(text.substring(from, position));
  }

  private void skipLineComment() {
    int end = text.indexOf('\n', position);
    position = end < 0 ? text.length() : end;
  }

  private void skipBlockComment() {
    int end = text.indexOf("*/", position + 2);
    open = end < 0;
    skipTo(open ? text.length() : end + 2);
  }

  /** A doubled quote is two quoted texts side by side, which splits the same. */
  private void skipQuoted(char quote) {
    int end = text.indexOf(quote, position + 1);
    open = end < 0;
    skipTo(open ? text.length() : end + 1);
  }

  private void skipTo(int end) {
    for (; position < end; position++) {
      if (text.charAt(position) == '\n') {
        line++;
      }
    }
  }

  private void begin() {
    if (start < 0) {
      start = position;
      startLine = line;
    }
  }

  private void endStatement(int end) {
    if (start >= 0) {
      statements.add(new Statement(text.substring(start, end).strip(), startLine));
    }
    start = -1;
    words.clear();
  }

  private char next() {
    return next(1);
  }

  private char next(int ahead) {
    return position + ahead < text.length() ? text.charAt(position + ahead) : '\0';
  }
}
