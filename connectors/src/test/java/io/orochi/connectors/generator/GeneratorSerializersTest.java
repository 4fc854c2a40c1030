package io.orochi.connectors.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in checkpoints must be readable by every later version. */
class GeneratorSerializersTest {
  private static final GeneratorSplit SPLIT = new GeneratorSplit("host-é", 258);
  private static final String SPLIT_V1 = "0007686f73742dc3a90000000000000102";

  @Test
  void splitsKeepTheBytesOfVersion1() throws IOException {
    GeneratorSplitSerializer serializer = new GeneratorSplitSerializer();
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(serializer.serialize(SPLIT))).isEqualTo(SPLIT_V1);
    assertThat(serializer.deserialize(1, HexFormat.of().parseHex(SPLIT_V1))).isEqualTo(SPLIT);
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read a generator split of version 2");
  }

  @Test
  void waitingSplitsKeepTheBytesOfVersion1() throws IOException {
    WaitingSplitsSerializer serializer = new WaitingSplitsSerializer();
    WaitingSplits waiting = new WaitingSplits(List.of(SPLIT, new GeneratorSplit("", -1)));
    String golden = "00000002" + SPLIT_V1 + "0000ffffffffffffffff";
    assertThat(serializer.getVersion()).isEqualTo(1);
    assertThat(HexFormat.of().formatHex(serializer.serialize(waiting))).isEqualTo(golden);
    assertThat(serializer.deserialize(1, HexFormat.of().parseHex(golden))).isEqualTo(waiting);
    assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot read waiting splits of version 2");
  }
}
