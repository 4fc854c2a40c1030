package io.orochi.gateway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.gateway.config.ServerConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir private Path folder;

  @Test
  void printsALinePerCheckAndAdviceBelowTrouble() {
    StringWriter text = new StringWriter();
    int troubles =
        new Doctor(
                List.of(
                    check("one", () -> new Finding.Fine("good")),
                    check("two", () -> new Finding.Trouble("bad", "Mend it.")),
                    check(
                        "three",
                        () -> {
                          throw new IllegalStateException("broken");
                        })))
            .examine(new PrintWriter(text));
    assertThat(troubles).isEqualTo(2);
    assertThat(text.toString())
        .contains("ok      one          good\n", "TROUBLE two          bad\n", "-> Mend it.\n")
        .contains("TROUBLE three        java.lang.IllegalStateException: broken");
  }

  @Test
  void aPortInUseIsTrouble() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      ServerConfig config =
          ServerConfig.of(
              Map.of(
                  "data",
                  folder.toString(),
                  "rest.port",
                  String.valueOf(taken.getLocalPort()),
                  "flight.port",
                  "auto",
                  "flink.port",
                  "auto"));
      assertThat(new PortsCheck(config, Optional.empty()).look())
          .isEqualTo(
              new Finding.Trouble(
                  "in use by another program: rest.port=" + taken.getLocalPort(),
                  "Start with --ports auto, or change the ports in the configuration."));
    }
  }

  @Test
  void aClockBeforeThisProgramIsTrouble() throws Exception {
    Clock clock = Clock.fixed(Instant.parse("1970-01-02T00:00:00Z"), ZoneOffset.UTC);
    assertThat(new ClockCheck(clock, folder).look()).isInstanceOf(Finding.Trouble.class);
  }

  @Test
  void aClockBeforeTheDataFolderIsTrouble() throws Exception {
    Files.writeString(folder.resolve("VERSION"), "1\n");
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T00:00:00Z"), ZoneOffset.UTC);
    Files.setLastModifiedTime(
        folder.resolve("VERSION"),
        java.nio.file.attribute.FileTime.from(Instant.parse("2026-01-03T00:00:00Z")));
    assertThat(new ClockCheck(clock, folder).look().text())
        .contains("is before the data folder was created");
  }

  @Test
  void aDataFolderOfALaterVersionIsTrouble() throws Exception {
    Files.writeString(folder.resolve("VERSION"), "999\n");
    StringWriter text = new StringWriter();
    assertThat(new Doctor(List.of(new DataFolderCheck(folder))).examine(new PrintWriter(text)))
        .isEqualTo(1);
    assertThat(text.toString()).contains("OROCHI-3004", "999");
  }

  @Test
  void aMissingDataFolderIsFineAndStaysMissing() throws Exception {
    Path missing = folder.resolve("a/b");
    assertThat(new DataFolderCheck(missing).look().text()).endsWith("will be created");
    assertThat(missing).doesNotExist();
  }

  @Test
  void anOldJavaIsTrouble() {
    assertThat(new JavaCheck(Runtime.Version.parse("11.0.2")).look())
        .isInstanceOf(Finding.Trouble.class);
  }

  private interface Look {
    Finding now();
  }

  private static Check check(String name, Look look) {
    return new Check() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Finding look() {
        return look.now();
      }
    };
  }
}
