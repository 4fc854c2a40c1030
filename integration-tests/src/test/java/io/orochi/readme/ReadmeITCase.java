package io.orochi.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The README's tour, run as it stands: from a folder with a blank in its name, through a symbolic
 * link, with the assembled home that the build has just made.
 */
class ReadmeITCase {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void linkTheLauncher() throws IOException {
    folder = Files.createDirectory(temp.resolve("read me"));
    Files.createSymbolicLink(folder.resolve("deploy"), ROOT.resolve("deploy"));
  }

  @AfterEach
  void stopTheServer() throws Exception {
    run("deploy/bin/orochi stop", "stop");
  }

  @Test
  void theTourRunsAndAnswers() throws Exception {
    String tour = String.join("", ReadmeBlocks.in(ROOT.resolve("README.md")));
    assertThat(tour).contains("orochi server", "orochi ingest", "orochi sql", "orochi stop");

    Answer answer = run(tour, "tour");

    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.text())
        .contains("is running (process", "jdbc:arrow-flight-sql://")
        .contains("press-4 | 2026-03-01 18:00:00")
        .contains("hottest\n69.6\n")
        .containsPattern("alarms +\\|")
        .containsIgnoringCase("kernel")
        .contains("5760")
        .contains("ok      java")
        .containsPattern("Stopped process \\d+ in");
  }

  @Test
  void theTourFailsWhereOneOfItsCommandsFails() throws Exception {
    Answer answer = run("deploy/bin/orochi sql -e 'SELECT 1'\necho unreached\n", "broken");

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.text()).contains("OROCHI-8002").doesNotContain("unreached");
  }

  private Answer run(String script, String name) throws IOException, InterruptedException {
    Path output = temp.resolve(name + ".out");
    Path file = Files.writeString(temp.resolve(name + ".sh"), "set -euo pipefail\n" + script);
    ProcessBuilder bash =
        new ProcessBuilder("bash", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    bash.environment().put("OROCHI_DATA", folder.resolve("orochi-data").toString());
    bash.environment().put("OROCHI_NO_BUILD", "1");
    Process process = bash.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(output, UTF_8);
    assertThat(ended).as("ended within five minutes:\n%s", text).isTrue();
    return new Answer(process.exitValue(), text);
  }

  private record Answer(int exitCode, String text) {}
}
