package io.orochi.gateway.cli;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "stop",
    description = {
      "Stops the server of a data folder and waits until it is gone.",
      "Running statements are cancelled; what was committed stays. Exit code 0 also if no server"
          + " was running."
    })
final class StopCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long to wait (default: ${DEFAULT-VALUE}).")
  private long timeoutSeconds;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Optional<ServerAddresses> server = RunningServer.find(common.data());
    Optional<ProcessHandle> process =
        server.flatMap(
            addresses -> ProcessHandle.of(addresses.pid()).filter(h -> is(h, addresses)));
    if (process.isEmpty()) {
      out.printf("No server is running on %s%n", common.data().toAbsolutePath().normalize());
      return ExitCode.OK;
    }
    Instant asked = Instant.now();
    process.get().destroy();
    awaitEnd(process.get());
    Duration took = Duration.between(asked, Instant.now());
    out.printf("Stopped process %d in %.1f s%n", process.get().pid(), took.toMillis() / 1000.0);
    return ExitCode.OK;
  }

  private void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw OrochiException.of(
              OrochiErrorCode.SERVER_ALREADY_RUNNING,
              "Cannot stop process " + process.pid() + " within " + timeoutSeconds + " s")
          .withDetail("It was asked to stop and is still ending its statements and jobs.")
          .withHint("Wait and look again, or end it with: kill -9 " + process.pid())
          .causedBy(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A process number may have been given to another process since the server died. */
  private static boolean is(ProcessHandle process, ServerAddresses server) {
    return process
        .info()
        .startInstant()
        .map(started -> started.isBefore(server.startedAt().plusSeconds(5)))
        .orElse(true);
  }
}
