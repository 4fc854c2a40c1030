package io.orochi.gateway.plan.sql;

/** Where lines and columns, both from 1 and growing, lie in a text. */
public final class TextOffsets {
  private final String text;
  private int line = 1;
  private int lineStart;

  public TextOffsets(String text) {
    this.text = text;
  }

  public int of(int wantedLine, int column) {
    while (line < wantedLine) {
      lineStart = nextLine();
      line++;
    }
    return lineStart + column - 1;
  }

  /** The lexer ends a line at \n, \r and \r\n. */
  private int nextLine() {
    int end = lineStart;
    while (text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    boolean two =
        text.charAt(end) == '\r' && end + 1 < text.length() && text.charAt(end + 1) == '\n';
    return end + (two ? 2 : 1);
  }
}
