package io.orochi.catalog.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir private Path temp;

  @Test
  void openingCreatesEverythingAndOpeningAgainChangesNothing() throws Exception {
    Path root = temp.resolve("a/b");
    DataFolder folder = DataFolder.open(root);
    assertThat(root.resolve("VERSION")).hasContent("1");
    assertThat(folder.warehouse()).isDirectory();
    assertThat(folder.temp()).isDirectory();
    assertThat(folder.cache()).isDirectory();
    assertThat(folder.logs()).isDirectory();
    Files.writeString(folder.warehouse().resolve("kept"), "x");
    DataFolder.open(root);
    assertThat(folder.warehouse().resolve("kept")).hasContent("x");
  }

  @Test
  void aFolderOfANewerVersionIsRefused() throws Exception {
    Files.writeString(temp.resolve("VERSION"), "2\n");
    assertThatThrownBy(() -> DataFolder.open(temp))
        .hasMessage(
            "OROCHI-3004: Cannot open data folder of a newer Orochi: "
                + temp
                + "\nDETAIL: Its layout version is 2; this build understands up to 1."
                + "\nHINT: Start it with the newer version, or choose another folder with --data.");
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "x");
    assertThatThrownBy(() -> DataFolder.open(file))
        .hasMessageContaining("Cannot open data folder: " + file);
  }

  @Test
  void serverAddressesAreFoundWhileTheServerLives() {
    DataFolder folder = DataFolder.open(temp);
    assertThat(ServerAddresses.read(folder)).isEmpty();
    ServerAddresses mine = addresses(ProcessHandle.current().pid());
    mine.write(folder);
    assertThat(ServerAddresses.read(folder)).contains(mine);
    mine.remove(folder);
    assertThat(ServerAddresses.read(folder)).isEmpty();
  }

  @Test
  void addressesOfADeadServerCountAsAbsent() throws Exception {
    DataFolder folder = DataFolder.open(temp);
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    addresses(process.pid()).write(folder);
    assertThat(folder.serverFile()).exists();
    assertThat(ServerAddresses.read(folder)).isEmpty();
  }

  @Test
  void aDamagedServerFileCountsAsAbsent() throws Exception {
    DataFolder folder = DataFolder.open(temp);
    Files.writeString(folder.serverFile(), "{\"pid\": 1");
    assertThat(ServerAddresses.read(folder)).isEmpty();
  }

  private static ServerAddresses addresses(long pid) {
    return new ServerAddresses(
        pid, "0.1", "http://127.0.0.1:8083", "grpc://127.0.0.1:1", null, null, Instant.EPOCH);
  }
}
