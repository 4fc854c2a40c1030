package io.orochi.gateway.cli;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.gateway.cli.format.OutputFormat;
import io.orochi.gateway.cli.sql.FlightSession;
import io.orochi.gateway.cli.sql.Script;
import io.orochi.gateway.cli.sql.ScriptRunner;
import io.orochi.gateway.cli.sql.SessionProgress;
import io.orochi.gateway.cli.sql.Shell;
import io.orochi.gateway.cli.sql.StatementRunner;
import io.orochi.gateway.cli.sql.StatusLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "sql",
    description = {
      "Opens a SQL shell on the server of a data folder, or runs a script.",
      "Without -e and -f it reads a terminal as a shell, and anything else as a script."
    })
final class SqlCommand implements Callable<Integer> {
  private static final Path HISTORY = Path.of(System.getProperty("user.home"), ".orochi_history");

  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "-e",
      paramLabel = "STATEMENT",
      description = "Run statements; may be given several times, all share one session.")
  private List<String> statements = new ArrayList<>();

  @Option(
      names = "-f",
      paramLabel = "FILE",
      description = "Run the statements of a file; stops at the first that fails.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      defaultValue = "table",
      description = "How results are printed (default: ${DEFAULT-VALUE}).")
  private OutputFormat format;

  @Option(names = "--timing", description = "Print the time of every statement on standard error.")
  private boolean timing;

  @Override
  public Integer call() throws IOException {
    ServerAddresses server = RunningServer.get(common.data());
    FlightSession session = FlightSession.open(server);
    List<Script> scripts = new ArrayList<>();
    statements.forEach(text -> scripts.add(Script.ofArgument(text)));
    files.forEach(file -> scripts.add(Script.ofFile(file)));
    if (scripts.isEmpty() && System.console() == null) {
      scripts.add(Script.ofStream(System.in));
    }
    if (scripts.isEmpty()) {
      runShell(session, server);
    } else {
      runScripts(session, scripts);
    }
    return ExitCode.OK;
  }

  private void runScripts(FlightSession session, List<Script> scripts) {
    PrintWriter err = spec.commandLine().getErr();
    StatusLine status = StatusLine.forProcess(err);
    PrintWriter out = spec.commandLine().getOut();
    try (StatementRunner runner = runner(session, out, err, status)) {
      ScriptRunner run = new ScriptRunner(runner, out);
      scripts.forEach(run::run);
    }
  }

  private void runShell(FlightSession session, ServerAddresses server) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      PrintWriter out = terminal.writer();
      try (StatementRunner runner = runner(session, out, out, StatusLine.onTerminal(out))) {
        runner.showProgress(new SessionProgress(() -> FlightSession.open(server)));
        out.println("Orochi shell. Statements end with a semicolon; \\? for help, \\q to quit.");
        new Shell(terminal, runner, HISTORY).run();
      }
    }
  }

  private StatementRunner runner(
      FlightSession session, PrintWriter out, PrintWriter err, StatusLine status) {
    StatementRunner runner = new StatementRunner(session, out, err, status, format);
    if (timing) {
      runner.startTiming();
    }
    return runner;
  }
}
