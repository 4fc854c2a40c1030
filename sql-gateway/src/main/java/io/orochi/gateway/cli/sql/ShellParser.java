package io.orochi.gateway.cli.sql;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/** Keeps the prompt open until a statement has its semicolon; a backslash command is one line. */
final class ShellParser implements Parser {
  private final DefaultParser words = new DefaultParser().quoteChars(new char[0]);

  ShellParser() {
    words.setEscapeChars(new char[0]);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean accepting = context == ParseContext.UNSPECIFIED || context == ParseContext.ACCEPT_LINE;
    if (accepting && !line.stripLeading().startsWith("\\") && !StatementSplitter.isComplete(line)) {
      throw new EOFError(-1, cursor, "the statement needs a semicolon", ";");
    }
    return words.parse(line, cursor, context);
  }
}
