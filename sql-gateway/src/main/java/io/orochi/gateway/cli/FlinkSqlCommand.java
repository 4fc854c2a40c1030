package io.orochi.gateway.cli;

import io.orochi.catalog.folder.ServerAddresses;
import io.orochi.table.error.OrochiErrorCode;
import io.orochi.table.error.OrochiException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "flink-sql",
    description = {
      "Opens Flink's own SQL client, in gateway mode, on the server of a data folder.",
      "What stands after -- goes to that client: orochi flink-sql -- --help"
    })
final class FlinkSqlCommand implements Callable<Integer> {
  private static final String MAIN = "org.apache.flink.table.client.SqlClient";

  @Mixin private CommonOptions common;

  @Option(
      names = "-f",
      paramLabel = "FILE",
      description = "Run the statements of a file instead of opening a shell.")
  private Path script;

  @Parameters(paramLabel = "ARGUMENT", description = "Arguments for Flink's client, after --.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ServerAddresses server = RunningServer.get(common.data());
    Path home = home();
    URI rest = URI.create(server.restUrl());
    List<String> line = new ArrayList<>();
    line.add("gateway");
    line.add("-e");
    line.add(rest.getHost() + ":" + rest.getPort());
    line.addAll(arguments);
    if (script == null) {
      return run(home, line);
    }
    Path copy = copyOf(script);
    try {
      line.addAll(List.of("-f", copy.toString()));
      return run(home, line);
    } finally {
      Files.delete(copy);
    }
  }

  private static int run(Path home, List<String> line) throws IOException, InterruptedException {
    String classPath =
        home.resolve("lib/flink-sql-client/*") + File.pathSeparator + home.resolve("lib/*");
    ProcessBuilder child =
        new ProcessBuilder(JavaProcess.commandLine(classPath, MAIN, line)).inheritIO();
    child.environment().put("FLINK_CONF_DIR", home.resolve("conf/flink").toString());
    return child.start().waitFor();
  }

  /** Flink's client cannot open a file whose path has a blank in it. */
  private static Path copyOf(Path script) throws IOException {
    if (!Files.isReadable(script)) {
      throw OrochiException.of(OrochiErrorCode.INPUT_NOT_FOUND, "Cannot read script: " + script)
          .withHint("Give the path of a readable UTF-8 text file.");
    }
    Path copy = Files.createTempFile("orochi-", ".sql");
    return Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path home() {
    String home = System.getProperty("orochi.home");
    if (home == null) {
      throw OrochiException.of(
              OrochiErrorCode.CONFIG_FILE_INVALID, "Cannot find the installation of Flink's client")
          .withDetail("The system property orochi.home is not set.")
          .withHint("Start the command through bin/orochi.");
    }
    return Path.of(home);
  }
}
