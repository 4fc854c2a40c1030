package io.orochi.gateway.cli;

import io.orochi.gateway.cli.error.ErrorReport;
import io.orochi.gateway.cli.sql.ScriptFailure;
import java.io.PrintWriter;
import org.apache.flink.util.ExceptionUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The commands of {@code bin/orochi} that are part of the server's module. */
@Command(
    name = "orochi",
    description = "An open time-series lakehouse on Flink, Iceberg and DuckDB.",
    versionProvider = VersionProvider.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServerCommand.class,
      SqlCommand.class,
      FlinkSqlCommand.class,
      DoctorCommand.class,
      StopCommand.class,
    })
public final class OrochiCli implements Runnable {
  @picocli.CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new OrochiCli());
    commands.setExecutionExceptionHandler(OrochiCli::printFailure);
    commands.getCommandSpec().exitCodeOnExecutionException(ExitCode.FAILED);
    commands.getCommandSpec().exitCodeOnInvalidInput(ExitCode.USAGE);
    commands.getSubcommands().values().forEach(OrochiCli::prepare);
    return commands;
  }

  private static void prepare(CommandLine command) {
    CommandLine.Model.CommandSpec spec = command.getCommandSpec();
    spec.mixinStandardHelpOptions(true);
    spec.versionProvider(new VersionProvider());
    spec.exitCodeOnExecutionException(ExitCode.FAILED);
    spec.exitCodeOnInvalidInput(ExitCode.USAGE);
    spec.usageMessage().exitCodeListHeading("Exit codes:%n");
    spec.usageMessage().exitCodeList(ExitCode.help());
  }

  private static int printFailure(Exception failure, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof ScriptFailure statement) {
      err.println("At " + statement.getMessage());
    }
    ErrorReport.print(err, failure instanceof ScriptFailure ? failure.getCause() : failure);
    if (parsed.originalArgs().contains("--verbose")) {
      err.print(ExceptionUtils.stringifyException(failure));
      err.flush();
    }
    return ExitCode.FAILED;
  }
}
