package io.orochi.gateway.cli.sql;

/** Runs scripts, stopping at the first statement that fails. */
public final class ScriptRunner {
  private final StatementRunner runner;

  public ScriptRunner(StatementRunner runner) {
    this.runner = runner;
  }

  /**
   * @throws ScriptFailure naming the statement; those before it have run, those after have not
   */
  public void run(Script script) {
    for (Statement statement : script.statements()) {
      try {
        runner.run(statement.text());
      } catch (RuntimeException e) {
        throw new ScriptFailure(script, statement, e);
      }
    }
  }
}
