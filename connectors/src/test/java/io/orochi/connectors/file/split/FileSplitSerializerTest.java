package io.orochi.connectors.file.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orochi.connectors.file.FileKind;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What stands in checkpoints must be readable by every later version. */
class FileSplitSerializerTest {
  private static final FileSplit SPLIT = new FileSplit("/a#1-2", "/a", FileKind.JSON_GZ, 258);
  private static final String VERSION_1 =
      "00062f6123312d3200022f6100074a534f4e5f475a0000000000000102";

  private final FileSplitSerializer serializer = new FileSplitSerializer();

  @Test
  void splitsKeepTheBytesOfVersion1() throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(VERSION_1);
    assertThat(serializer.deserialize(1, HexFormat.of().parseHex(VERSION_1))).isEqualTo(SPLIT);
  }

  @Test
  void aLaterVersionIsRefused() {
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read a file split of version 2");
  }

  /** The names are in checkpoints. */
  @Test
  void noKindOfFileIsRenamed() {
    assertThat(FileKind.values())
        .extracting(Enum::name)
        .contains("CSV", "CSV_GZ", "JSON", "JSON_GZ", "PARQUET");
  }
}
