package io.orochi.connectors.file.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.orochi.connectors.file.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
  @TempDir Path folder;

  @Test
  void aFileReadToItsEndIsDone() throws IOException {
    FileKey key = key("one\n");
    FileLedger ledger = new FileLedger(Map.of(key.text(), "1 end"));
    assertThat(ledger.isDone(key)).isTrue();
  }

  @Test
  void aFileReadHalfwayGoesOnThere() throws IOException {
    FileKey key = key("one\ntwo\n");
    FileLedger ledger = new FileLedger(Map.of(key.text(), "1"));
    assertThat(ledger.isDone(key)).isFalse();
    assertThat(ledger.recordsRead(key)).isEqualTo(1);
  }

  @Test
  void aGrownFileGoesOnAfterWhatWasRead() throws IOException {
    FileLedger ledger = new FileLedger(Map.of(key("one\n").text(), "1 end"));
    FileKey grown = key("one\ntwo\n");
    assertThat(ledger.isDone(grown)).isFalse();
    assertThat(ledger.recordsRead(grown)).isEqualTo(1);
  }

  @Test
  void aFileThatBeginsOtherwiseIsReadFromItsStart() throws IOException {
    FileLedger ledger = new FileLedger(Map.of(key("one\n").text(), "1 end"));
    assertThat(ledger.recordsRead(key("uno\ndos\n"))).isZero();
  }

  @Test
  void positionsOfOtherSourcesAreNoFiles() throws IOException {
    FileLedger ledger = new FileLedger(Map.of("orochi.job", "4e4e", "host-metrics", "17"));
    assertThat(ledger.positions()).isEmpty();
    assertThat(ledger.isDone(key("one\n"))).isFalse();
  }

  @Test
  void splitsKeepTheBytesOfVersion1() throws IOException {
    FileSplit split = new FileSplit("/a#1-2", "/a", FileKind.CSV, 5);
    FileSplitSerializer serializer = new FileSplitSerializer();
    assertThat(HexFormat.of().formatHex(serializer.serialize(split)))
        .isEqualTo("00062f6123312d3200022f6100034353560000000000000005");
    assertThat(serializer.deserialize(1, serializer.serialize(split))).isEqualTo(split);
  }

  private FileKey key(String content) throws IOException {
    return FileKey.of(Files.writeString(folder.resolve("f.csv"), content));
  }
}
