package io.orochi.gateway.cli.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orochi.gateway.cli.format.OutputFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser.ParseContext;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
  private final TestingSession session = new TestingSession();

  @TempDir private Path folder;

  @Test
  void readsAStatementOverSeveralLinesUntilItsSemicolon() throws Exception {
    assertThat(type("SELECT ';'", "  FROM t; SELECT 2;")).contains("(1 row)");
    assertThat(session.statements).containsExactly("SELECT ';'\n  FROM t", "SELECT 2");
  }

  @Test
  void goesOnAfterAFailure() throws Exception {
    assertThat(type("FAIL;", "SELECT 1;"))
        .contains("OROCHI-7002: Cannot run it\nHINT: Try again.")
        .doesNotContain("\tat ");
    assertThat(session.statements).containsExactly("FAIL", "SELECT 1");
  }

  @Test
  void backslashCommandsAreShortcuts() throws Exception {
    assertThat(type("\\d", "\\d plant.readings", "\\dt", "\\l", "\\?"))
        .contains(" plant    | readings | TABLE", "describe a table")
        .doesNotContain("chunks");
    assertThat(session.statements)
        .containsExactly("DESCRIBE plant.readings", "SHOW TABLES", "SHOW DATABASES");
  }

  @Test
  void anUnknownBackslashCommandNamesTheHelp() throws Exception {
    assertThat(type("\\nonsense")).contains("Invalid shell command: \\nonsense", "\\? lists");
  }

  @Test
  void timingAndFormatCanBeSwitched() throws Exception {
    assertThat(type("\\timing", "\\f csv", "SELECT 1;", "\\timing", "\\f xml"))
        .contains("Timing is on.", "statement\nSELECT 1\nTime: ", "Timing is off.")
        .contains("Invalid output format: 'xml'");
  }

  @Test
  void quitLeavesAndHistoryStays() throws Exception {
    type("SELECT 1;", "\\q", "SELECT 2;");
    assertThat(session.statements).containsExactly("SELECT 1");
    assertThat(Files.readString(folder.resolve("history"))).contains("SELECT 1;");
  }

  @Test
  void controlCCancelsTheRunningStatement() throws Exception {
    try (Terminal terminal = terminal("BLOCK;\nSELECT 2;\n", new ByteArrayOutputStream())) {
      Thread user =
          new Thread(
              () -> {
                await().until(() -> session.blocked.getCount() == 0);
                terminal.raise(Terminal.Signal.INT);
              });
      user.start();
      run(terminal);
      user.join();
    }
    assertThat(session.statements).containsExactly("BLOCK", "SELECT 2");
  }

  @Test
  void completesKeywordsInTheirCaseAndTableNames() throws Exception {
    ShellCompleter completer = new ShellCompleter();
    completer.offer(session.tables());
    assertThat(candidates(completer, "sel")).containsExactly("select");
    assertThat(candidates(completer, "SEL")).containsExactly("SELECT");
    assertThat(candidates(completer, "SELECT * FROM pla")).containsExactly("plant.readings");
    assertThat(candidates(completer, "SELECT * FROM cp")).containsExactly("cpu");
  }

  private List<String> candidates(ShellCompleter completer, String line) throws IOException {
    try (Terminal terminal = terminal("", new ByteArrayOutputStream())) {
      List<Candidate> found = new ArrayList<>();
      completer.complete(
          LineReaderBuilder.builder().terminal(terminal).build(),
          new ShellParser().parse(line, line.length(), ParseContext.COMPLETE),
          found);
      return found.stream().map(Candidate::value).toList();
    }
  }

  private String type(String... lines) throws IOException {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    try (Terminal terminal = terminal(String.join("\n", lines) + "\n", screen)) {
      run(terminal);
    }
    return screen.toString(UTF_8).replace("\r\n", "\n");
  }

  private void run(Terminal terminal) {
    PrintWriter out = terminal.writer();
    try (StatementRunner runner =
        new StatementRunner(session, out, out, StatusLine.silent(), OutputFormat.table)) {
      new Shell(terminal, runner, folder.resolve("history")).run();
    }
  }

  private static Terminal terminal(String input, ByteArrayOutputStream screen) throws IOException {
    return new DumbTerminal(new ByteArrayInputStream(input.getBytes(UTF_8)), screen);
  }
}
