package io.orochi.cluster;

import io.orochi.stream.IngestCommand;
import io.orochi.stream.command.Commands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** A command of {@code bin/orochi} run in this process. */
public record CommandRun(int exitCode, String err) {

  /** {@code orochi ingest} with these arguments on a cluster's data folder. */
  public static CommandRun ingest(OrochiCluster cluster, String... arguments) {
    return of(new IngestCommand(), cluster, arguments);
  }

  /** Any command on a cluster's data folder. */
  public static synchronized CommandRun of(
      Callable<Integer> command, OrochiCluster cluster, String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--data";
    all[arguments.length + 1] = cluster.dataFolder().toString();
    PrintStream terminal = System.err;
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Commands.execute(command, all);
      return new CommandRun(exitCode, err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(terminal);
    }
  }
}
