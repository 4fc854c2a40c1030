package io.orochi.gateway.cli.sql;

/** The failure of one statement of a script; the cause says why. */
public final class ScriptFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ScriptFailure(Script script, Statement statement, Throwable cause) {
    super(script.name() + ":" + statement.line() + ": " + firstLine(statement.text()), cause);
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    return line.length() <= 80 ? line : line.substring(0, 77) + "...";
  }
}
