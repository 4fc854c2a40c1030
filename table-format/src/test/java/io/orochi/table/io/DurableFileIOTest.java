package io.orochi.table.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.table.error.OrochiErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFileIOTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "file:", "file://"})
  void writesAndReadsLocalFilesHoweverTheyAreNamed(String scheme) throws Exception {
    FileIO io =
        CatalogUtil.loadFileIO(DurableFileIO.class.getName(), Map.of(), new Configuration());
    Path file = folder.resolve("new folder/a.txt");
    try (PositionOutputStream stream = io.newOutputFile(scheme + file).createOrOverwrite()) {
      stream.write("rows".getBytes(StandardCharsets.US_ASCII));
      assertThat(stream.getPos()).isEqualTo(4);
    }
    assertThat(Files.readString(file)).isEqualTo("rows");
    assertThat(io.newInputFile(scheme + file).getLength()).isEqualTo(4);
    io.deleteFile(scheme + file);
    assertThat(file).doesNotExist();
  }

  @Test
  void deletesManyFilesAndListsAFolder() throws Exception {
    DurableFileIO io = new DurableFileIO();
    io.setConf(new Configuration());
    io.initialize(Map.of());
    List<String> files = List.of(folder.resolve("a").toString(), folder.resolve("b").toString());
    for (String file : files) {
      io.newOutputFile(file).create().close();
    }
    assertThat(io.listPrefix(folder.toString())).hasSize(2);
    io.deleteFiles(files);
    assertThat(io.listPrefix(folder.toString())).isEmpty();
  }

  @Test
  void aFullDiskIsToldApartFromStorageThatIsAway() {
    Throwable full = new UncheckedIOException(new IOException("No space left on device"));
    assertThat(StorageFailure.of("commit to db.cpu", full))
        .hasMessageStartingWith("OROCHI-1301: Cannot commit to db.cpu: the disk is full");
    assertThat(StorageFailure.of("commit to db.cpu", new IOException("timeout")).code())
        .isEqualTo(OrochiErrorCode.STORAGE_UNAVAILABLE);
  }
}
