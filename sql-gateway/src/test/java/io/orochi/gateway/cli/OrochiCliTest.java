package io.orochi.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class OrochiCliTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"demo", "server", "sql", "flink-sql", "doctor", "stop"})
  void everyCommandHasHelpWithItsDataFolderAndExitCodes(String command) {
    assertThat(run(command, "--help")).isEqualTo(ExitCode.OK);
    assertThat(out.toString())
        .contains("Usage: orochi " + command, "--data", "--verbose", "Exit codes:", "failed;");
  }

  @Test
  void theLauncherNamesEveryCommand() throws Exception {
    String launcher = Files.readString(Path.of("../deploy/bin/orochi"));
    Set<String> commands = OrochiCli.commandLine().getSubcommands().keySet();
    assertThat(commands)
        .allSatisfy(command -> assertThat(launcher).containsPattern("(?m)^  " + command + " +\\w"));
  }

  @Test
  void anUnknownOptionIsAUsageErrorThatNamesAKnownOne() {
    assertThat(run("server", "--prots", "auto")).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("'--prots'", "--ports");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rst=1", "rest=abc", "rest=65536", "rest", "8083"})
  void badPortsAreAUsageErrorWithAnExample(String ports) {
    assertThat(run("server", "--ports", ports)).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("neither auto nor a list such as rest=8083");
  }

  @Test
  void withoutAServerSqlSaysHowToStartOne() {
    Path data = folder.resolve("nothing here");
    assertThat(run("sql", "--data", data.toString(), "-e", "SELECT 1")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString())
        .isEqualTo(
            "OROCHI-8002: Cannot find a running server on "
                + data
                + "\nDETAIL: No such folder.\nHINT: Start one with: orochi server --detach --data '"
                + data
                + "', or name another folder with --data.\n");
    assertThat(data).doesNotExist();
  }

  @Test
  void verboseAddsTheStackTrace() {
    run("sql", "--data", folder.toString(), "-e", "SELECT 1", "--verbose");
    assertThat(err.toString()).contains("OROCHI-8002", "\tat io.orochi");
  }

  @Test
  void stoppingNothingIsNoFailure() {
    assertThat(run("stop", "--data", folder.toString())).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).isEqualTo("No server is running on " + folder + "\n");
  }

  @Test
  void anUnknownKeyOfTheConfigurationFileNamesTheNearest() throws Exception {
    Path file = Files.writeString(folder.resolve("orochi.yaml"), "kernel.memroy: 1 gb\n");
    assertThat(run("doctor", "--config", file.toString())).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString()).startsWith("OROCHI-8004: ").contains("kernel.memory");
  }

  private int run(String... arguments) {
    CommandLine commands = OrochiCli.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }
}
