package io.orochi.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.batch.scrub.TestingTable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScrubCommandITCase {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void aWholeTableExitsWithZeroAndADamagedOneWithOne() throws Exception {
    try (TestingTable cpu = new TestingTable(folder, "cpu")) {
      Path file = cpu.append(500);
      assertThat(run("--data", folder.toString(), "--table", "cpu")).isZero();
      assertThat(out.toString()).contains("verified   1");

      TestingTable.flipOneBit(file);
      assertThat(run("--data", folder.toString(), "--table", "default.cpu")).isEqualTo(1);
      assertThat(out.toString()).containsPattern("corrupt: .*" + file.getFileName());
    }
  }

  @Test
  void anUnknownTableIsNamedWithAHint() {
    assertThat(run("--data", folder.toString(), "--table", "nope")).isEqualTo(1);
    assertThat(err.toString())
        .contains("OROCHI-3001: Cannot scrub table: default.nope")
        .contains("HINT: ");
  }

  @Test
  void aMissingTableOptionIsBadUsage() {
    assertThat(run("--data", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--table");
  }

  private int run(String... args) {
    CommandLine command = ScrubCommand.commandLine();
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(args);
  }
}
