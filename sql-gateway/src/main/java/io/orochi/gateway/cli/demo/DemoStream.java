package io.orochi.gateway.cli.demo;

import io.orochi.gateway.cli.error.ErrorReport;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * A stream of the demo: a command of the jobs' module, known by the name of its class only, that
 * submits a job to the server and returns.
 *
 * @param commandClass a picocli command with a constructor without parameters
 * @param arguments besides the data folder
 */
record DemoStream(String name, String commandClass, List<String> arguments) {
  /** Commits come fast, because a person waits to see the rows. */
  static final List<DemoStream> ALL =
      List.of(
          new DemoStream(
              "host metrics",
              "io.orochi.stream.HostMetricsCommand",
              List.of("--table", DemoQuery.HOST_TABLE, "--commit-interval", "2 s")),
          new DemoStream(
              "fleet",
              "io.orochi.stream.FleetCommand",
              List.of(
                  "--table",
                  DemoQuery.FLEET_TABLE,
                  "--hosts",
                  "500",
                  "--history",
                  "10 min",
                  "--buckets",
                  "4",
                  "--distribute-by",
                  "hostname",
                  "--commit-interval",
                  "5 s")));

  /**
   * Returns when the job is submitted.
   *
   * @throws OrochiException the command's failure
   */
  void start(Path data) {
    StringWriter said = new StringWriter();
    CommandLine command = new CommandLine(create());
    command.setOut(new PrintWriter(PrintWriter.nullWriter()));
    command.setErr(new PrintWriter(said, true));
    command.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          failed.getErr().println(ErrorReport.of(failure));
          return CommandLine.ExitCode.SOFTWARE;
        });
    List<String> line = new ArrayList<>(arguments);
    line.addAll(List.of("--data", data.toString(), "--parallelism", "1", "--detach"));
    if (command.execute(line.toArray(String[]::new)) != CommandLine.ExitCode.OK) {
      throw OrochiException.of(
              OrochiErrorCode.FLINK_JOB_FAILED, "Cannot start the demo's stream of " + name)
          .withDetail(said.toString().strip());
    }
  }

  private Callable<?> create() {
    try {
      return (Callable<?>) Class.forName(commandClass).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw OrochiException.of(
              OrochiErrorCode.INTERNAL_ERROR, "Cannot start the demo's stream " + commandClass)
          .withDetail(String.valueOf(e))
          .withHint("Start the demo through bin/orochi, which puts every module on the class path.")
          .causedBy(e);
    }
  }
}
