package io.orochi.gateway.cli.sql;

import java.io.PrintWriter;

/** Runs scripts, stopping at the first statement that fails. */
public final class ScriptRunner {
  private static final String COMMAND = "\\";

  private final StatementRunner runner;
  private final PrintWriter out;

  /**
   * @param out where the shell's commands print
   */
  public ScriptRunner(StatementRunner runner, PrintWriter out) {
    this.runner = runner;
    this.out = out;
  }

  /**
   * A line that begins a statement with a backslash is a command of the shell; {@code \q} ends the
   * script.
   *
   * @throws ScriptFailure naming the statement; those before it have run, those after have not
   */
  public void run(Script script) {
    for (Statement statement : script.statements()) {
      try {
        if (!run(statement.text())) {
          return;
        }
      } catch (RuntimeException e) {
        throw new ScriptFailure(script, statement, e);
      }
    }
  }

  private boolean run(String text) {
    String rest = text.strip();
    while (rest.startsWith(COMMAND)) {
      String command = rest.lines().findFirst().orElseThrow();
      if (!new ShellCommands(runner, out).run(command)) {
        return false;
      }
      rest = rest.substring(command.length()).strip();
    }
    if (!rest.isEmpty()) {
      runner.run(rest);
    }
    return true;
  }
}
