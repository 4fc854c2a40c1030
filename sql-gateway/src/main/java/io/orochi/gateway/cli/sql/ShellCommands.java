package io.orochi.gateway.cli.sql;

import io.orochi.gateway.cli.format.Column;
import io.orochi.gateway.cli.format.OutputFormat;
import io.orochi.gateway.cli.format.ResultFormat;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The commands that begin with a backslash. */
final class ShellCommands {
  private static final Set<String> VIRTUAL_DATABASES = Set.of("info", "sys");
  private static final String HELP =
      """
      \\d            list tables and views
      \\d TABLE      describe a table
      \\dt           list the tables of the current database
      \\l            list databases
      \\f FORMAT     print results as table, csv or json
      \\i FILE       run the statements of a file
      \\timing       switch the timing of statements on or off
      \\q            quit; so does Ctrl-D
      \\?            this help
      A statement ends with a semicolon. Ctrl-C cancels a running statement. Tab completes.
      """;

  private final StatementRunner runner;
  private final ScriptRunner scripts;
  private final PrintWriter out;

  ShellCommands(StatementRunner runner, PrintWriter out) {
    this.runner = runner;
    this.scripts = new ScriptRunner(runner, out);
    this.out = out;
  }

  /** Runs a line such as {@code \d cpu}; false if it asks to quit. */
  boolean run(String line) {
    String[] parts = line.strip().split("\\s+", 2);
    String argument = parts.length < 2 ? "" : parts[1].replaceAll("[;\\s]+$", "");
    switch (parts[0].replaceAll(";+$", "")) {
      case "\\q", "\\quit" -> {
        return false;
      }
      case "\\?", "\\h", "\\help" -> out.print(HELP);
      case "\\dt" -> runner.run("SHOW TABLES");
      case "\\l" -> runner.run("SHOW DATABASES");
      case "\\d" -> describe(argument);
      case "\\f" -> runner.useFormat(format(argument));
      case "\\i" -> scripts.run(Script.ofFile(java.nio.file.Path.of(argument)));
      case "\\timing" -> switchTiming();
      default -> throw unknown(parts[0]);
    }
    out.flush();
    return true;
  }

  private void describe(String table) {
    if (!table.isEmpty()) {
      runner.run("DESCRIBE " + table);
      return;
    }
    ResultFormat format = OutputFormat.table.to(out);
    format.begin(
        List.of(
            new Column("database", false), new Column("name", false), new Column("type", false)));
    runner.session().tables().stream()
        .filter(name -> !VIRTUAL_DATABASES.contains(name.database()))
        .sorted(Comparator.comparing(TableName::database).thenComparing(TableName::name))
        .forEach(name -> format.row(new Object[] {name.database(), name.name(), name.kind()}));
    format.end();
  }

  private void switchTiming() {
    if (runner.isTiming()) {
      runner.stopTiming();
    } else {
      runner.startTiming();
    }
    out.println("Timing is " + (runner.isTiming() ? "on." : "off."));
  }

  private static OutputFormat format(String name) {
    return Arrays.stream(OutputFormat.values())
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                OrochiException.of(
                        OrochiErrorCode.INVALID_ARGUMENT, "Invalid output format: '" + name + "'")
                    .withHint("Use table, csv or json."));
  }

  private static OrochiException unknown(String command) {
    return OrochiException.of(OrochiErrorCode.INVALID_ARGUMENT, "Invalid shell command: " + command)
        .withHint("\\? lists the commands.");
  }
}
