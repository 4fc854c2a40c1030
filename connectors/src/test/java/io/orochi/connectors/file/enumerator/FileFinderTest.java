package io.orochi.connectors.file.enumerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.connectors.file.FileKind;
import io.orochi.table.error.OrochiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFinderTest {
  @TempDir Path folder;

  @BeforeEach
  void createFiles() throws IOException {
    Files.createDirectories(folder.resolve("sub/.hidden"));
    for (String name :
        List.of(
            "a.csv",
            "b.CSV.gz",
            "c.jsonl",
            "d.parquet",
            "notes.txt",
            "sub/e.csv",
            "sub/.hidden/f.csv",
            "_g.csv")) {
      Files.writeString(folder.resolve(name), "x");
    }
  }

  @Test
  void aFolderGivesTheFilesWhoseNamesTellWhatTheyHold() throws IOException {
    assertThat(find(folder.toString(), ""))
        .containsExactly("a.csv", "b.CSV.gz", "c.jsonl", "d.parquet", "sub/e.csv");
  }

  @Test
  void aGlobGivesWhatItMatches() throws IOException {
    assertThat(find(folder + "/*.csv", "")).containsExactly("a.csv");
    assertThat(find(folder + "/**.csv", "")).containsExactly("a.csv", "sub/e.csv");
  }

  @Test
  void aNamedFormatReadsAFileOfAnyName() throws IOException {
    assertThat(find(folder.resolve("notes.txt").toString(), "csv")).containsExactly("notes.txt");
    assertThat(FileKind.named("json", Path.of("x.log.gz"))).isEqualTo(FileKind.JSON_GZ);
  }

  @Test
  void whatIsNotThereIsAnError() {
    assertThatThrownBy(() -> find(folder.resolve("none.csv").toString(), ""))
        .isInstanceOf(OrochiException.class)
        .hasMessageStartingWith("OROCHI-4001: Cannot find " + folder.resolve("none.csv"));
    assertThatThrownBy(() -> find(folder.resolve("notes.txt").toString(), ""))
        .isInstanceOf(OrochiException.class)
        .hasMessageStartingWith("OROCHI-4004: Cannot tell the format of");
  }

  private List<String> find(String path, String format) throws IOException {
    return new FileFinder(List.of(path), format)
        .find().keySet().stream().map(file -> folder.relativize(file).toString()).toList();
  }
}
