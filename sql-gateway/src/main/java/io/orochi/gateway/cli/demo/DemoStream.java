package io.orochi.gateway.cli.demo;

import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;

/**
 * A stream of the demo: a command of another module, known by the name of its class only, run as
 * the user would run it. It submits a job to the server and goes on until the job ends.
 */
final class DemoStream {
  private final String name;
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final StringWriter said = new StringWriter();

  private DemoStream(String name) {
    this.name = name;
  }

  /**
   * @param commandClass a picocli command with a constructor without parameters
   */
  static DemoStream start(String name, String commandClass, List<String> arguments) {
    DemoStream stream = new DemoStream(name);
    CommandLine command = new CommandLine(create(commandClass));
    PrintWriter writer = new PrintWriter(stream.said, true);
    command.setOut(writer);
    command.setErr(writer);
    Thread thread =
        new Thread(
            () -> stream.exitCode.complete(command.execute(arguments.toArray(String[]::new))),
            "orochi-demo-" + name);
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  String name() {
    return name;
  }

  /** What the command printed, if it has ended with a failure. */
  Optional<String> failure() {
    return exitCode.getNow(0) == 0 ? Optional.empty() : Optional.of(said.toString().strip());
  }

  private static Object create(String commandClass) {
    try {
      return Class.forName(commandClass).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw OrochiException.of(
              OrochiErrorCode.INTERNAL_ERROR, "Cannot start the demo's stream " + commandClass)
          .withDetail(String.valueOf(e))
          .withHint("Start the demo through bin/orochi, which puts every module on the class path.")
          .causedBy(e);
    }
  }
}
