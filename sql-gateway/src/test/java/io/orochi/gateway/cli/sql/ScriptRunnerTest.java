package io.orochi.gateway.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.gateway.cli.format.OutputFormat;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptRunnerTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TestingSession session = new TestingSession();
  private final StatementRunner runner =
      new StatementRunner(
          session,
          new PrintWriter(out),
          new PrintWriter(err),
          StatusLine.silent(),
          OutputFormat.csv);

  @AfterEach
  void close() {
    runner.close();
  }

  @Test
  void runsStatementsInOrder() {
    new ScriptRunner(runner, new PrintWriter(out)).run(Script.ofArgument("SELECT 1; SELECT 2"));
    assertThat(out.toString()).isEqualTo("statement\nSELECT 1\nstatement\nSELECT 2\n");
  }

  @Test
  void stopsAtTheFirstFailureAndNamesItsLine(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("a.sql"), "SELECT 1;\n\nFAIL\n now;\nSELECT 2;");
    assertThatThrownBy(
            () -> new ScriptRunner(runner, new PrintWriter(out)).run(Script.ofFile(file)))
        .isInstanceOf(ScriptFailure.class)
        .hasMessage(file + ":3: FAIL")
        .cause()
        .hasMessageContaining("OROCHI-7002: Cannot run it");
    assertThat(session.statements).containsExactly("SELECT 1", "FAIL\n now");
  }

  /** As psql -c does. */
  @Test
  void takesTheShellsCommands() {
    new ScriptRunner(runner, new PrintWriter(out))
        .run(Script.ofArgument("\\d cpu\nSELECT 1; \\l\n; \\q\n SELECT 2"));
    assertThat(session.statements).containsExactly("DESCRIBE cpu", "SELECT 1", "SHOW DATABASES");
    assertThatThrownBy(
            () ->
                new ScriptRunner(runner, new PrintWriter(out)).run(Script.ofArgument("\\nonsense")))
        .hasMessage("-e:1: \\nonsense")
        .cause()
        .hasMessageContaining("Invalid shell command: \\nonsense");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> Script.ofFile(Path.of("no-such.sql")))
        .isInstanceOf(OrochiException.class)
        .hasMessageStartingWith("OROCHI-4001: Cannot read script: no-such.sql");
  }

  @Test
  void timesGoToStandardErrorSoThatOutputStaysClean() {
    runner.startTiming();
    runner.run("SELECT 1");
    assertThat(out.toString()).doesNotContain("Time");
    assertThat(err.toString()).matches("Time: [0-9.]+ ms\n");
  }

  @Test
  void aLongStatementShowsProgressOnATerminalOnly() throws Exception {
    StringWriter terminal = new StringWriter();
    try (StatementRunner watched =
        new StatementRunner(
            session,
            new PrintWriter(out),
            new PrintWriter(err),
            StatusLine.onTerminal(new PrintWriter(terminal)),
            OutputFormat.csv)) {
      Thread user = new Thread(() -> cancelWhenShown(terminal, "running"));
      user.start();
      assertThatThrownBy(() -> watched.run("BLOCK")).hasMessageContaining("OROCHI-1403");
      user.join();
    }
    assertThat(terminal.toString()).startsWith("\rrunning for 0.").endsWith("\r");
  }

  @Test
  void theStatusLineTellsWhatTheServerKnows() throws Exception {
    StringWriter terminal = new StringWriter();
    try (StatementRunner watched =
        new StatementRunner(
            session,
            new PrintWriter(out),
            new PrintWriter(err),
            StatusLine.onTerminal(new PrintWriter(terminal)),
            OutputFormat.csv)) {
      TestingProgress source = new TestingProgress(new Progress(0.4599, 12_000));
      watched.showProgress(source);
      Thread user = new Thread(() -> cancelWhenShown(terminal, " s, 45 %, 12,000 rows"));
      user.start();
      assertThatThrownBy(() -> watched.run("BLOCK")).hasMessageContaining("OROCHI-1403");
      user.join();
      assertThat(source.asked).containsOnly("BLOCK");
    }
    assertThat(terminal.toString()).startsWith("\rrunning for 0.").endsWith("\r");
    assertThat(new Progress(1, 0).text()).isEqualTo(", 100 %");
    assertThat(Progress.UNKNOWN.text()).isEmpty();
  }

  private record TestingProgress(Progress answer, List<String> asked) implements ProgressSource {
    private TestingProgress(Progress answer) {
      this(answer, new CopyOnWriteArrayList<>());
    }

    @Override
    public Progress of(String sql) {
      asked.add(sql);
      return answer;
    }

    @Override
    public void close() {}
  }

  private void cancelWhenShown(StringWriter terminal, String text) {
    org.awaitility.Awaitility.await().until(() -> terminal.toString().contains(text));
    session.cancel();
  }
}
