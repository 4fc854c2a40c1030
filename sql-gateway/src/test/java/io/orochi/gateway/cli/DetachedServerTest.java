package io.orochi.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedServerTest {
  private static final long PLENTY = 1L << 30;

  @TempDir private Path folder;

  @Test
  void aDeadServersOwnWordsAreTold() throws Exception {
    Path output = Files.writeString(folder.resolve("server.out"), "nohup: x\nOROCHI-3003: away\n");
    assertThat(DetachedServer.died(1, output, 0))
        .hasMessageContaining("OROCHI-8002: Cannot start the server: its process ended with code 1")
        .hasMessageContaining("It said:\nOROCHI-3003: away");
  }

  /** A server on a full disk cannot even write why it ends. */
  @Test
  void aFullDiskIsNamedByTheParent() throws Exception {
    Path output = Files.createFile(folder.resolve("server.out"));
    assertThat(DetachedServer.died(1, output, 4096))
        .hasMessageContaining(
            "OROCHI-1301: Cannot start the server: the disk of its folder is full")
        .hasMessageContaining("4,096 bytes are free");
    assertThat(DetachedServer.died(1, output, PLENTY)).hasMessageContaining("It printed nothing.");
  }
}
