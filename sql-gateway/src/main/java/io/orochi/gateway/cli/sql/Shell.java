package io.orochi.gateway.cli.sql;

import io.orochi.gateway.cli.error.ErrorReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interactive shell: reads, runs, prints, until the user leaves. */
public final class Shell {
  private static final Logger LOG = LoggerFactory.getLogger(Shell.class);
  private static final Set<String> CHANGES_TABLES =
      Set.of("CREATE", "DROP", "ALTER", "CALL", "USE");

  private final Terminal terminal;
  private final StatementRunner runner;
  private final ShellCommands commands;
  private final ShellCompleter completer = new ShellCompleter();
  private final LineReader reader;
  private final PrintWriter out;

  /**
   * @param history the file that keeps what was typed
   */
  public Shell(Terminal terminal, StatementRunner runner, Path history) {
    this.terminal = terminal;
    this.runner = runner;
    this.out = terminal.writer();
    this.commands = new ShellCommands(runner, out);
    this.reader =
        LineReaderBuilder.builder()
            .appName("orochi")
            .terminal(terminal)
            .parser(new ShellParser())
            .completer(completer)
            .variable(LineReader.HISTORY_FILE, history)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "     -> ")
            .variable(LineReader.INDENTATION, 0)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .build();
    terminal.handle(Terminal.Signal.INT, signal -> runner.session().cancel());
  }

  public void run() {
    refreshNames();
    boolean open = true;
    while (open) {
      try {
        open = runLine(reader.readLine("orochi> "));
      } catch (UserInterruptException e) {
        // Ctrl-C at the prompt gives up the line, as in every shell
        open = true;
      } catch (EndOfFileException e) {
        open = false;
      }
    }
  }

  private boolean runLine(String line) {
    try {
      if (line.stripLeading().startsWith("\\")) {
        return commands.run(line);
      }
      for (Statement statement : StatementSplitter.split(line)) {
        runner.run(statement.text());
        if (CHANGES_TABLES.contains(firstWord(statement.text()))) {
          refreshNames();
        }
      }
    } catch (RuntimeException e) {
      LOG.debug("A statement failed", e);
      out.println(ErrorReport.of(e));
    }
    terminal.flush();
    return true;
  }

  /** Completion is a comfort: a server that cannot list its tables still runs statements. */
  private void refreshNames() {
    try {
      completer.offer(runner.session().tables());
    } catch (RuntimeException e) {
      LOG.debug("Cannot list tables for completion", e);
    }
  }

  private static String firstWord(String statement) {
    return statement.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
  }
}
